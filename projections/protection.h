#pragma once

#include <optional>
#include <vector>

#include "projections/world.h"

namespace projections {

// A day on which the holder of a filing owes a progress report (N6.2).
struct ProgressDay {
  ledger::Date due;                  // moved to a working day
  std::optional<ledger::Date> done;  // first report recorded after the previous due date
  std::uint32_t index = 0;           // of the confirmation it follows from

  bool met() const { return done && *done <= due; }
};

// The exclusivity that a filing's latest confirmation gives.
struct Protection {
  const FilingMoved* confirmed = nullptr;
  const FilingMoved* ended = nullptr;  // the first release or rejection after it
  ledger::Date until;                  // moved to a working day
  std::vector<ProgressDay> progress;   // all of them, future ones too
};

// The dealer who holds the filing once the moves up to `ns` are in; all moves without it.
DealerId holder_of(const Facts& facts, const Filing& filing, const FilingSubmitted& submitted,
                   std::optional<std::int64_t> ns);

// Whether the filing stood confirmed at `ns` by what had been recorded by then: what anybody
// could have known.
bool known_confirmed(const Facts& facts, const Filing& filing, std::int64_t ns);

// Nothing when the filing was never confirmed or no single policy governs its confirmation.
std::optional<Protection> protection_of(const World& world, const Filing& filing,
                                        const FilingSubmitted& submitted);

}  // namespace projections
