#include "ledger/pending_index.h"

#include <algorithm>
#include <span>

#include "ledger/byte_order.h"
#include "ledger/frame_cursor.h"
#include "ledger/idempotency_key.h"

namespace ledger {
namespace {

constexpr std::string_view indexed_key = "indexed";

void put_sorted(const KeyIndex& index, Table table, WriteGroup& writes) {
  index.each_sorted([&](std::string_view key, Sequence at) {
    writes.put(table, bytes_of(key), std::as_bytes(std::span(&at.value, 1)));
  });
}

}  // namespace

Result<TreeSize> read_indexed(const Store& store) {
  const auto value = TRY(store.get(Table::meta, bytes_of(indexed_key)));
  if (!value) return TreeSize{0};
  if (value->size() != sizeof(std::uint64_t)) {
    return Error{ErrorCode::corrupt, "the record of how far the index tables reach holds " +
                                         std::to_string(value->size()) +
                                         " bytes where 8 belong; run `tally verify`"};
  }
  return TreeSize{load_little<std::uint64_t>(bytes_of(*value), 0)};
}

Result<PendingIndex> PendingIndex::read(const Store& store, TreeSize size) {
  PendingIndex pending(TRY(read_indexed(store)));
  if (pending.end() >= size) return pending;
  FrameCursor cursor(store, Store::Pattern::scan);
  while (pending.end() < size) {
    TRY(cursor.seek(Sequence{pending.end().value}));
    const auto frame = cursor.load();
    while (pending.end() < std::min(frame.end(), size)) {
      const auto position = pending.end().value - frame.first().value;
      pending.add(TRY(entry_at(frame, static_cast<std::uint32_t>(position))));
    }
  }
  return pending;
}

void PendingIndex::add(const Entry& entry) {
  const Sequence index{end_.value};
  key_.clear();
  append_idempotency_key(*entry.event, key_);
  keys_.put(key_, index);
  streams_.put(entry.event->subject()->string_view(), index);
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

void PendingIndex::put(WriteGroup& writes) const {
  put_sorted(keys_, Table::idempotency, writes);
  put_sorted(streams_, Table::streams, writes);
  writes.put(Table::meta, bytes_of(indexed_key), std::as_bytes(std::span(&end_.value, 1)));
}

}  // namespace ledger
