#include "ledger/known_rows.h"

#include <utility>

#include "ledger/base/check.h"
#include "ledger/idempotency_key.h"
#include "ledger/index_row.h"
#include "ledger/key_order.h"

namespace ledger {

Status KnownRows::look_up(const IndexTables& tables, std::vector<const Batch*> batches,
                          const Newer& newer) {
  batches_ = std::move(batches);
  passed_batches_ = 0;
  passed_rows_ = 0;
  spell();
  for (const auto& row : rows_) tables.prefetch(row.key, row.subject);
  wanted_.clear();
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const auto& key = rows_[row].key;
    if (tables.may_hold(Table::idempotency, key)) wanted_.push_back({key.text(), row});
  }
  TRY(look_up_wanted(tables.store(), Table::idempotency, &KnownRow::first));
  wanted_.clear();
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    auto& [key, subject, first, previous] = rows_[row];
    previous = newer(subject);
    if (previous || !tables.may_hold(Table::streams, subject)) continue;
    wanted_.push_back({subject.text(), row});
  }
  return look_up_wanted(tables.store(), Table::streams, &KnownRow::previous);
}

std::span<const KnownRow> KnownRows::of(const Batch& batch) {
  for (;; ++passed_batches_) {
    check(passed_batches_ < batches_.size(), "rows are known of the batches asked for");
    if (batches_[passed_batches_] == &batch) break;
    passed_rows_ += batches_[passed_batches_]->count();
  }
  return std::span(rows_).subspan(passed_rows_, batch.count());
}

// Keys and subjects, spelled and hashed.
void KnownRows::spell() {
  std::size_t length = 0;
  const auto each = [this](const auto& use) {
    for (const auto* batch : batches_) {
      for (std::size_t position = 0; position < batch->count(); ++position) {
        use(*batch_entry(*batch, position).event);
      }
    }
  };
  each([&length](const schema::Event& event) { length += idempotency_key_size(event); });
  rows_.clear();
  spelled_.clear();
  spelled_.reserve(length);  // no key moves once it is viewed
  each([this](const schema::Event& event) {
    const auto begin = spelled_.size();
    append_idempotency_key(event, spelled_);
    rows_.push_back({HashedKey(std::string_view(spelled_).substr(begin)),
                     HashedKey(event.subject()->string_view())});
  });
}

// The database looks keys up in their order. Sorting them here is cheaper than there.
Status KnownRows::look_up_wanted(const Store& store, Table table,
                                 std::optional<Sequence> KnownRow::*found) {
  if (wanted_.empty()) return Ok{};
  sort_by_key(wanted_);
  keys_.clear();
  for (const auto& one : wanted_) keys_.push_back(bytes_of(one.key));
  return store.get_each(table, keys_, [&](std::size_t at, Bytes value) -> Status {
    rows_[wanted_[at].row].*found = TRY(parse_index(value));
    return Ok{};
  });
}

Entry batch_entry(const Batch& batch, std::size_t position) {
  const auto bytes = batch.entry(position);
  return {Sequence{}, bytes, flatbuffers::GetRoot<schema::Event>(bytes.data())};
}

}  // namespace ledger
