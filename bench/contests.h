// Everything `tally bench` measures.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "bench/measure.h"
#include "ledger/base/error.h"

namespace bench {

struct Options {
  std::uint64_t events = 0;  // of the generated history
  int rounds = 0;
  std::filesystem::path folder;  // scratch folders are made and removed in it
};

// Runs all contests and calls `scored` after each. Fails with the first error of either
// side, and with `corrupt` if the two sides do not see the same log.
ledger::Status run_contests(const Options& options,
                            const std::function<void(const Score&)>& scored);

}  // namespace bench
