// A commit group while it is being put together: the entries that become durable with
// one sync.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"
#include "ledger/event.h"
#include "ledger/frame.h"
#include "ledger/growing_tree.h"
#include "ledger/head.h"
#include "ledger/store.h"

namespace ledger {

// Filled by one thread; read by others once that thread has let go of it.
class Group {
 public:
  // Room for entries of so many bytes together, each padded to 8.
  Group(Sequence first, std::size_t byte_count_max);
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  Sequence first() const { return first_; }

  TreeSize end() const { return {first_.value + entries_.size()}; }

  bool holds(Sequence index) const { return index >= first_ && index.value < end().value; }

  // Adds a copy of the entry, stamped; it has the index `end()` had.
  Entry add(Bytes entry, std::int64_t appended_ns, std::optional<Sequence> previous);
  // Takes back the latest entries until it ends there.
  void shrink_to(TreeSize end);

  Entry entry(Sequence index) const;

  // About what `seal` will write.
  std::size_t byte_count() const;
  // Adds the leaves to `tree`, and all that must be written but the rows of the index
  // tables to `writes`.
  void seal(GrowingTree& tree, Head& head, WriteGroup& writes) const;

 private:
  void put_frames(WriteGroup& writes) const;

  Sequence first_;
  std::vector<std::uint64_t> words_;  // never grows beyond what was reserved
  std::vector<FrameEntry> entries_;
};

}  // namespace ledger
