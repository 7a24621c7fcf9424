#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projections/replay.h"

namespace projections {

// What a clerk may approve now.
struct Proposal {
  std::vector<std::string> events;  // lines of the outside form, approvals before the set-off
  std::int64_t approved_fen = 0;
  std::int64_t setoff_fen = 0;
};

// A `settlement.approved` of exactly what is payable for every line of the dealer's desk that
// has something payable, answering its request where one is open, `final` for a closed
// project; then one `setoff.applied` against `invoice` of the credit there is once they are
// in, if any. They happen on the as-of date. The ids follow from what is proposed and from how
// often the line was settled and the dealer set off before, so that the same proposal imported
// twice is one. Appends nothing. Fails with the source's errors and with `invalid` where an
// amount does not fit.
ledger::Result<Proposal> propose_settlement(const Replay& replay, const Cut& cut,
                                            std::string_view dealer, std::string_view invoice);

}  // namespace projections
