// Running a program under valgrind's callgrind, and reading what it counted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"

namespace bench {

struct Instructions {
  std::uint64_t program = 0;    // of the program and all its libraries but the following
  std::uint64_t libraries = 0;  // of libcrypto and libzstd: hashing and unpacking
};

// Runs `command` and returns the instructions it executed inside `counted_loop`, on whichever
// processor: valgrind shows programs the same one everywhere. What callgrind writes goes to
// `folder`. Fails with `unavailable` if there is no valgrind or the command fails.
ledger::Result<Instructions> instructions_of(const std::vector<std::string>& command,
                                             const std::filesystem::path& folder);

// The sums of a profile as callgrind writes it, uncompressed.
Instructions sum_of_profile(std::string_view profile);

}  // namespace bench
