#pragma once

#include <string>
#include <vector>

#include "bench/baseline.h"
#include "bench/contests.h"
#include "cli/console.h"
#include "cli/exit.h"
#include "ledger/base/error.h"

namespace cli {

// Whether every ratio is as good as the baseline demands; what is not is told, and measured again,
// up to three times, since other programs may have been in the way. `check_failed` for what is
// never good enough, and for a work that the baseline does not have.
ledger::Result<Exit> hold_against(const bench::Baseline& baseline,
                                  const std::vector<bench::Score>& scores, bench::Options options,
                                  Console& console);

// Puts the ratios into the file; others in it stay as they are.
ledger::Status record_ratios(const std::string& file, const std::vector<bench::Score>& scores,
                             const bench::Options& options);

}  // namespace cli
