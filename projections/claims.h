#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "projections/facts.h"
#include "projections/policy/money.h"

namespace projections {

// What was granted on a line and claimed back from it. In fen.
struct Claims {
  std::int64_t granted_fen = 0;
  std::int64_t issued_fen = 0;
  std::int64_t waived_fen = 0;
};

// One claim: the latest clawback.issued of its id, with what was waived and recovered.
struct Claim {
  const ClawbackIssued* issued = nullptr;
  policy::Int128 waived_fen = 0;
  policy::Int128 recovered_fen = 0;
};

// All claims of a cut. A waiver or recovery without its clawback.issued counts for
// nothing. Sums that do not fit into int64 give no answer. Immutable once made.
class ClaimBook {
 public:
  explicit ClaimBook(const Facts& facts);

  const std::vector<Claim>& all() const { return claims_; }

  std::optional<Claims> of(OrderId order, schema::LineKind kind) const;
  // Σ clawback.issued on the preference of a demo car.
  std::optional<std::int64_t> issued_on_demo(VinId vin) const;

 private:
  const Facts* facts_;
  std::vector<Claim> claims_;  // sorted by order, kind, vin of what they claim
};

}  // namespace projections
