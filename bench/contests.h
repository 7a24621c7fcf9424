// Everything `tally bench` measures.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/measure.h"
#include "ledger/base/error.h"

namespace bench {

// What is measured, in this order.
inline constexpr std::array<std::string_view, 16> work_names{
    "append_1",      "append_64_callers", "append_1000", "append_sealed",
    "append_signed", "append_mentions",   "verify_1",    "verify_2",
    "verify_1_cold", "verify_2_cold",     "verify_fast", "verify_fast_cold",
    "replay_1",      "replay_2",          "prove",       "check"};

struct Options {
  std::uint64_t events = 0;  // of the generated history
  int rounds = 0;
  std::filesystem::path folder;         // scratch folders are made and removed in it
  std::vector<std::string> works = {};  // of `work_names`; none means all
};

// Runs the contests and calls `scored` after each. Fails with the first error of either
// side, and with `corrupt` if the two sides do not see the same log.
ledger::Status run_contests(const Options& options,
                            const std::function<void(const Score&)>& scored);

}  // namespace bench
