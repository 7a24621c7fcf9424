// The loops in which the program spends its time when there is much to do.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "ledger/base/error.h"

namespace bench {

inline constexpr std::array<std::string_view, 4> loop_names{"encode", "append", "verify", "replay"};

// Puts into `folder` what the loops work on, of so many events: at most 2^16.
ledger::Status prepare_loops(const std::filesystem::path& folder, std::uint64_t events);

// Runs one of them, the loop itself inside `counted_loop`:
// - `encode`: lines of JSON into entries;
// - `append`: entries into what is written for them (repeats, admission, clock, frames, leaf
//   hashes, tree), in groups of 1,000, and the rows of the indexes at the end;
// - `verify`: stored frames and tiles read and checked, the tree over them hashed;
// - `replay`: the fold, the rules, every read model printed.
// Fails with the first error of what it calls.
ledger::Status run_loop(std::string_view loop, const std::filesystem::path& folder);

}  // namespace bench
