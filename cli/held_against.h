// A ledger held against a second copy of it: `tally verify --against`.
#pragma once

#include <cstdint>
#include <vector>

#include "cli/command.h"
#include "ledger/evidence.h"
#include "ledger/second_copy.h"
#include "ledger/verify.h"

namespace cli {

struct HeldAgainst {
  std::uint64_t compared = 0;
  std::uint64_t not_compared = 0;  // entries of either that the other does not vouch for
  std::uint64_t unproven = 0;      // of the copy that differ, and that its own root disowns
  std::vector<ledger::DifferingEntry> differing;
};

// Adds what the copy proves to `verification`, in log order. Fails when the copy cannot be
// opened, or is none of this log.
ledger::Result<HeldAgainst> hold_against(const std::string& copy, const Arguments& arguments,
                                         Console& console, const ledger::Evidence& evidence,
                                         ledger::Verification& verification);

}  // namespace cli
