#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"

namespace ledger {

// Events that are to be appended together, all or nothing, as built by the codec:
// valid entries with `appended_ns` and `previous` still to be filled in. One buffer
// holds them all, each 8-byte aligned, so that building allocates nothing per event.
// Not thread-safe.
class Batch {
 public:
  // Adds one built entry. The bytes are copied.
  void add(Bytes entry);
  void clear();

  std::size_t count() const { return entries_.size(); }

  bool empty() const { return entries_.empty(); }

  Bytes entry(std::size_t position) const;

  std::size_t byte_count() const { return words_.size() * sizeof(std::uint64_t); }

  // When set, the append fails with `conflict` unless the log has just this size.
  std::optional<TreeSize> expected_size;

 private:
  struct Extent {
    std::size_t offset, length;  // in bytes, from the start of `words_`
  };

  std::vector<std::uint64_t> words_;  // 64-bit words keep every entry aligned
  std::vector<Extent> entries_;
};

}  // namespace ledger
