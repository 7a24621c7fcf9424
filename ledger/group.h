// A commit group while it is being put together: the entries that become durable with
// one sync, and what can be asked about them before that.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"
#include "ledger/event.h"
#include "ledger/frame.h"
#include "ledger/growing_tree.h"
#include "ledger/head.h"
#include "ledger/store.h"

namespace ledger {

// The key of an event in the idempotency table. `source` has no '#', so no two events
// share a key by chance.
void append_idempotency_key(const schema::Event& event, std::string& out);

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
  std::optional<Sequence> find(std::string_view key) const;
  std::optional<Sequence> last_of(std::string_view subject) const;

  // Adds the leaves to `tree`, and all that must be written to `writes`.
  void seal(GrowingTree& tree, Head& head, WriteGroup& writes) const;

 private:
  struct Key {
    std::size_t offset, length;  // in `keys_`
  };

  void put_frames(WriteGroup& writes) const;
  std::string_view key(std::size_t position) const;

  Sequence first_;
  std::vector<std::uint64_t> words_;  // never grows beyond what was reserved
  std::string keys_;                  // nor does this
  std::vector<FrameEntry> entries_;
  std::vector<Key> key_extents_;
  std::pmr::monotonic_buffer_resource nodes_;
  std::pmr::unordered_map<std::string_view, Sequence> by_key_{&nodes_};
  std::pmr::unordered_map<std::string_view, Sequence> last_by_subject_{&nodes_};
};

}  // namespace ledger
