// Signing events in the outside form, before they go into a ledger.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/codec.h"
#include "ledger/proof/key.h"

namespace ledger {

// Adds `authorkey`, `authorsig` and, for personal values, `authorsalts` to lines. Whether the
// key may sign them is for the ledger to decide. One thread at a time.
class LineSigner {
 public:
  using Random = std::function<Status(std::span<std::byte>)>;

  // For the ledger with that origin. `random` fills salts.
  LineSigner(const proof::SigningKey& key, std::string origin, Random random);

  // The line, which is one event that nobody has signed, with the three attributes at its end
  // and otherwise as it was. Or why it is refused; or an Error when there is no randomness.
  Result<std::variant<std::string, Refusal>> sign(std::string_view line);

 private:
  Result<std::string> choose_salts(const schema::Event& event);
  std::variant<const schema::Event*, Refusal> encode(std::string_view line);

  proof::SigningKey key_;
  std::string origin_;
  Random random_;
  Encoder encoder_;
  Batch batch_;
};

}  // namespace ledger
