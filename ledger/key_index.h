#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/strong.h"

namespace ledger {

// Keys in memory, each with the index of an entry. Collisions are told apart by comparing
// the keys, so nobody gains by choosing them. Not thread-safe while it changes.
class KeyIndex {
 public:
  std::optional<Sequence> find(std::string_view key) const;
  // Replaces what the key had.
  void put(std::string_view key, Sequence index);

  std::size_t count() const { return rows_.size(); }

  // From here on `take_back` leads back to here.
  void mark();
  // Undoes every `put` since the last mark.
  void take_back();

  struct Pair {
    std::string_view key;  // until the index changes or moves
    Sequence index;
  };

  // All of it, by the bytes of the keys.
  std::vector<Pair> sorted() const;
  // Calls `use` with each key that begins so, in the order they came.
  void each_beginning(std::string_view beginning,
                      const std::function<void(std::string_view key, Sequence index)>& use) const;

 private:
  struct Row {
    std::size_t offset;  // of the key, in `keys_`
    std::uint32_t length;
    std::uint32_t hash;
    Sequence index;
  };

  struct Replaced {
    std::uint32_t row;
    Sequence index;
  };

  std::string_view key(const Row& row) const { return {keys_.data() + row.offset, row.length}; }

  std::size_t slot_of(std::string_view key, std::uint32_t hash) const;
  void grow();

  std::vector<std::uint32_t> slots_;  // rows, by open addressing; at most half of them taken
  std::vector<Row> rows_;             // in the order they came
  std::string keys_;
  std::vector<Replaced> replaced_;  // since the mark
  std::size_t marked_ = 0;          // rows at the mark
};

}  // namespace ledger
