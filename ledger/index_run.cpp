#include "ledger/index_run.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace ledger {

IndexRun::IndexRun(PendingIndex index, std::launch sorting, std::optional<IndexReach> got_to)
    : index_(std::move(index)),
      got_to_(std::move(got_to)),
      // Where no thread can be started, `async | deferred` sorts when the rows are asked for.
      sorting_(std::async(sorting | std::launch::deferred, [this] { return sorted(index_); })) {
}

IndexRun::Rows IndexRun::sorted(const PendingIndex& index) {
  Rows rows;
  rows.reserve(index.keys().count() + index.streams().count());
  for (const auto& pair : index.keys().sorted()) rows.push_back({Table::idempotency, pair});
  for (const auto& pair : index.streams().sorted()) rows.push_back({Table::streams, pair});
  return rows;
}

void IndexRun::put_some(std::size_t count_max, WriteGroup& writes) {
  if (!rows_ && sorting_.wait_for(std::chrono::seconds(0)) == std::future_status::timeout) return;
  take_rows();
  put(next_ + std::min(count_max, rows_->size() - next_), writes);
}

void IndexRun::put_all(WriteGroup& writes) {
  take_rows();
  put(rows_->size(), writes);
}

void IndexRun::take_rows() {
  if (rows_) return;
  rows_ = sorting_.get();
  if (!got_to_) return;
  const auto first = std::find_if(rows_->begin(), rows_->end(), [this](const Row& row) {
    return !got_to_->covers(row.table, row.pair.key, row.pair.index);
  });
  next_ = static_cast<std::size_t>(first - rows_->begin());
}

void IndexRun::put(std::size_t end, WriteGroup& writes) {
  for (; next_ < end; ++next_) {
    const auto& [table, pair] = (*rows_)[next_];
    writes.put(table, bytes_of(pair.key), std::as_bytes(std::span(&pair.index.value, 1)));
  }
  IndexReach reach{index_.end()};
  if (next_ < rows_->size()) {
    reach.whole = index_.begin();
    if (next_ > 0) {
      const auto& last = (*rows_)[next_ - 1];
      reach.table = last.table;
      reach.key = last.pair.key;
    }
  }
  put_index_reach(reach, writes);
}

}  // namespace ledger
