// Files that a command is given beside the ledger: proofs, entries, checkpoints, maps, packs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/console.h"
#include "ledger/base/error.h"

namespace cli {

// More than any entry, checkpoint, map, pack or proof takes, but that of completeness, which
// lists events.
inline constexpr std::size_t input_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t proof_bytes_max = std::size_t{64} << 20;

// The whole of a file, or of standard input for `-`. `option` is what named it. Fails with
// `not_found` when it cannot be read, `invalid` when it holds more than it may.
ledger::Result<std::string> read_input(std::string_view option, const std::string& path,
                                       Console& console, std::size_t bytes_max = input_bytes_max);

// An error about what was given, with the option's name in front.
template <class T>
ledger::Result<T> naming(std::string_view option, ledger::Result<T> result) {
  if (result) return result;
  auto error = std::move(result).error();
  error.message = ledger::worded("{}: {}", "{}：{}", option, error.message);
  return error;
}

}  // namespace cli
