#include "ledger/draw.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>

#include "ledger/base/bytes.h"
#include "ledger/byte_order.h"
#include "ledger/proof/hash.h"

namespace ledger {

std::optional<std::uint64_t> draw(std::string_view seed, std::uint64_t size, std::uint64_t round) {
  std::string text = "tally-sample/v1\n";
  text.append(seed).append("\n").append(std::to_string(size)).append("\n");
  text.append(std::to_string(round)).append("\n");
  const auto digest = proof::sha256(bytes_of(text));
  const auto number = load_big(Bytes(digest).first(sizeof(std::uint64_t)));
  // The numbers below 2^64 that do not fill a whole turn of `size` are passed over.
  constexpr auto greatest = std::numeric_limits<std::uint64_t>::max();
  const auto left_over = (greatest % size + 1) % size;
  if (number > greatest - left_over) return std::nullopt;
  return number % size;
}

std::vector<Sequence> draw_sample(std::string_view seed, TreeSize size, std::uint64_t count) {
  std::set<Sequence> drawn;
  if (count >= size.value) {
    for (std::uint64_t index = 0; index < size.value; ++index) drawn.insert({index});
  }
  for (std::uint64_t round = 0; drawn.size() < std::min(count, size.value); ++round) {
    if (const auto index = draw(seed, size.value, round)) drawn.insert({*index});
  }
  return {drawn.begin(), drawn.end()};
}

}  // namespace ledger
