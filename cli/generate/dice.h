// The only chance in a generated history: SplitMix64 (Steele, Lea, Flood 2014) and
// integer draws from it. The same seed draws the same on every machine, which the
// distributions of the standard library do not promise.
#pragma once

#include <cstdint>

namespace cli::generate {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t word = state_;
    word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27U)) * 0x94D049BB133111EBU;
    return word ^ (word >> 31U);
  }

  // 0 … bound − 1. Requires bound ≥ 1. The bias, below bound / 2^32, does not matter here.
  int below(int bound) {
    return static_cast<int>(((next() >> 32U) * static_cast<std::uint64_t>(bound)) >> 32U);
  }

  // least … most, both included.
  int between(int least, int most) { return least + below(most - least + 1); }

  bool chance(int in_thousand) { return below(1000) < in_thousand; }

  template <class List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace cli::generate
