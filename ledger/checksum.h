// XXH3: against accidents and for tables, never against an adversary.
#pragma once

#include <cstdint>

#include "ledger/base/bytes.h"

namespace ledger {

// XXH3-64 with seed 0, as stored beside entries, frames and tiles.
std::uint64_t checksum(Bytes bytes);

// A sum over a multiset of (key, value) pairs: equal for equal multisets in whatever
// order, and under a secret seed different for others but once in 2^128 or so. Lets two
// tables be compared without sorting either.
class PairSum {
 public:
  explicit PairSum(std::uint64_t seed) : seed_(seed) {}

  void add(std::string_view key, std::uint64_t value);
  void subtract(std::string_view key, std::uint64_t value);
  void add(const PairSum& other);
  bool operator==(const PairSum&) const = default;

 private:
  struct Term {
    std::uint64_t low, high;
  };

  Term term(std::string_view key, std::uint64_t value) const;

  std::uint64_t seed_;
  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};

}  // namespace ledger
