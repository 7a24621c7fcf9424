#include "cli/yuan.h"

#include <fmt/format.h>

namespace cli {

std::string yuan(std::int64_t fen) {
  // The magnitude is taken without sign: the least int64 has no positive counterpart.
  const auto magnitude =
      fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  auto whole = std::to_string(magnitude / 100);
  for (auto at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, ",");
  return fmt::format("{}{}.{:02}", fen < 0 ? "-" : "", whole, magnitude % 100);
}

}  // namespace cli
