#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ledger {

// Tells of most keys that were never added that they were not, by their hashes: a Bloom filter.
// Each key has its bits in one line of the processor's caches (Putze, Sanders, Singler: Cache-,
// Hash- and Space-Efficient Bloom Filters, 2007). It grows by a part twice as large as the one
// before, with 13 bits for each key; of keys never added, a full part lets one in 300 pass. Not
// thread-safe while it changes.
class KeyFilter {
 public:
  void add(std::uint32_t hash);
  // False only where the key was never added.
  bool may_hold(std::uint32_t hash) const;
  // Has memory bring what `may_hold` will look at.
  void prefetch(std::uint32_t hash) const;

  // Keys added, counting again those that were there.
  std::size_t count() const { return count_; }

 private:
  // One bit in each word.
  struct alignas(64) Line {
    std::array<std::uint64_t, 8> words{};
  };

  struct Part {
    std::vector<Line> lines;
    std::size_t room;  // for keys

    std::size_t line_of(std::uint32_t hash) const;
  };

  static Line bits_of(std::uint32_t hash);

  std::vector<Part> parts_;
  std::size_t count_ = 0;
};

}  // namespace ledger
