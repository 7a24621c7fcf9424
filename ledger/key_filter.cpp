#include "ledger/key_filter.h"

namespace ledger {
namespace {

constexpr std::size_t keys_a_line = 40;  // eight of 512 bits each
constexpr std::size_t lines_min = 1 << 12;

}  // namespace

void KeyFilter::add(std::uint32_t hash) {
  if (parts_.empty() || parts_.back().room == 0) {
    const auto lines = parts_.empty() ? lines_min : parts_.back().lines.size() * 2;
    parts_.push_back({std::vector<Line>(lines), lines * keys_a_line});
  }
  auto& part = parts_.back();
  auto& line = part.lines[part.line_of(hash)];
  const auto bits = bits_of(hash);
  for (std::size_t word = 0; word < bits.words.size(); ++word) line.words[word] |= bits.words[word];
  --part.room;
  ++count_;
}

bool KeyFilter::may_hold(std::uint32_t hash) const {
  const auto bits = bits_of(hash);
  for (const auto& part : parts_) {
    const auto& line = part.lines[part.line_of(hash)];
    std::uint64_t missing = 0;
    for (std::size_t word = 0; word < bits.words.size(); ++word) {
      missing |= bits.words[word] & ~line.words[word];
    }
    if (missing == 0) return true;
  }
  return false;
}

void KeyFilter::prefetch(std::uint32_t hash) const {
  for (const auto& part : parts_) __builtin_prefetch(&part.lines[part.line_of(hash)]);
}

// By the upper bits of the hash.
std::size_t KeyFilter::Part::line_of(std::uint32_t hash) const {
  return std::uint64_t{hash} * lines.size() >> 32;
}

KeyFilter::Line KeyFilter::bits_of(std::uint32_t hash) {
  // An odd factor spreads the hash over the upper 48 bits, six for each word.
  auto spread = hash * 0x9E37'79B9'7F4A'7C15;
  Line bits;
  for (auto& word : bits.words) {
    word = std::uint64_t{1} << (spread >> 58);
    spread <<= 6;
  }
  return bits;
}

}  // namespace ledger
