#include "ledger/index_tables.h"

#include "ledger/index_row.h"

namespace ledger {

void IndexTables::add(const PendingIndex& rows) {
  if (!all_seen_) return;
  if (keys_.count() + rows.count() > keys_max_) {
    all_seen_ = false;
    keys_ = KeyFilter();
    subjects_ = KeyFilter();
    return;
  }
  rows.keys().each_hash([this](std::uint32_t hash) { keys_.add(hash); });
  rows.streams().each_hash([this](std::uint32_t hash) { subjects_.add(hash); });
}

bool IndexTables::may_hold(Table table, const HashedKey& key) const {
  return !all_seen_ || filter(table).may_hold(key.hash());
}

void IndexTables::prefetch(const HashedKey& key, const HashedKey& subject) const {
  keys_.prefetch(key.hash());
  subjects_.prefetch(subject.hash());
}

Result<std::optional<Sequence>> IndexTables::look_up(Table table, const HashedKey& key) const {
  if (!may_hold(table, key)) return std::optional<Sequence>();
  return ledger::look_up(store_, table, key.text());
}

}  // namespace ledger
