// The desk of the settlement clerk (N9): what a dealer is owed now, what it asked for and has
// no answer to, and what stands in the way.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "projections/exposure.h"
#include "projections/models.h"

namespace projections {

// A line with money to pay or a request without an answer.
struct DeskLine {
  const Line* line = nullptr;
  const Settlement* request = nullptr;  // the latest unanswered one
  std::optional<ledger::Date> due;      // by which it is to be answered (N9.4)
};

// The lines of `dealer` by the clock of N9.4: those with a due date first, earliest first, then
// the others; lines of one date by name. Those of unknown orders are no dealer's. The replay
// must outlive the result.
std::vector<DeskLine> desk_lines(const Replay& replay, std::string_view dealer);

// Prints them (cli.md, `settle`), in this order. Fails as `Exposures::of` does.
ledger::Result<ModelRows> print_settlement_desk(const Replay& replay, const Cut& cut,
                                                std::string_view dealer);

}  // namespace projections
