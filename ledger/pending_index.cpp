#include "ledger/pending_index.h"

#include <algorithm>

#include "ledger/frame_cursor.h"
#include "ledger/idempotency_key.h"
#include "ledger/index_reach.h"

namespace ledger {

Result<PendingIndex> PendingIndex::read(const Store& store, TreeSize begin, TreeSize end) {
  PendingIndex pending(begin);
  std::string key;
  FrameCursor cursor(store, Store::Pattern::scan);
  while (pending.end() < end) {
    TRY(cursor.seek(Sequence{pending.end().value}));
    const auto frame = cursor.load();
    while (pending.end() < std::min(frame.end(), end)) {
      const auto position = pending.end().value - frame.first().value;
      const auto entry = TRY(entry_at(frame, static_cast<std::uint32_t>(position)));
      key.clear();
      append_idempotency_key(*entry.event, key);
      pending.add(HashedKey(key), HashedKey(entry.event->subject()->string_view()));
    }
  }
  return pending;
}

Result<PendingIndex> PendingIndex::read_tail(const Store& store, TreeSize size) {
  const auto reach = TRY(read_index_reach(store));
  return read(store, reach, size);
}

void PendingIndex::add(const HashedKey& key, const HashedKey& subject) {
  const Sequence index{end_.value};
  keys_.put(key, index);
  streams_.put(subject, index);
  ++end_.value;
}

void PendingIndex::mark() {
  marked_ = end_;
  keys_.mark();
  streams_.mark();
}

void PendingIndex::take_back() {
  end_ = marked_;
  keys_.take_back();
  streams_.take_back();
}

}  // namespace ledger
