#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/strong.h"

namespace ledger {

// A key with its hash, which is computed once however many indexes are asked for it.
class HashedKey {
 public:
  explicit HashedKey(std::string_view text);

  std::string_view text() const { return text_; }

  std::uint32_t hash() const { return hash_; }

 private:
  std::string_view text_;
  std::uint32_t hash_;
};

// Keys in memory, each with the index of an entry. Collisions are told apart by comparing
// the keys, so nobody gains by choosing them. Not thread-safe while it changes.
class KeyIndex {
 public:
  std::optional<Sequence> find(const HashedKey& key) const;
  // Replaces what the key had.
  void put(const HashedKey& key, Sequence index);
  // Has memory bring what `find` will ask for.
  void prefetch(const HashedKey& key) const;

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
  // Calls `use` with the hash of each key.
  void each_hash(const std::function<void(std::uint32_t hash)>& use) const;
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

  // The hash stands here once more: most keys asked for are not there, and this tells without
  // a look at the row.
  struct Slot {
    std::uint32_t hash;
    std::uint32_t row;
  };

  static constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();
  static constexpr Slot empty_slot{0, no_row};

  struct Replaced {
    std::uint32_t row;
    Sequence index;
  };

  std::string_view key(const Row& row) const { return {keys_.data() + row.offset, row.length}; }

  std::size_t slot_of(std::string_view key, std::uint32_t hash) const;

  std::size_t home_of(std::uint32_t hash) const { return hash & (slots_.size() - 1); }

  void grow();

  std::vector<Slot> slots_;  // by open addressing; at most half of them taken
  std::vector<Row> rows_;    // in the order they came
  std::string keys_;
  std::vector<Replaced> replaced_;  // since the mark
  std::size_t marked_ = 0;          // rows at the mark
};

}  // namespace ledger
