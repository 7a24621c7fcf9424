// Rows on their way from memory into the index tables.
#pragma once

#include <cstddef>
#include <future>
#include <optional>
#include <vector>

#include "ledger/index_reach.h"
#include "ledger/pending_index.h"
#include "ledger/store.h"

namespace ledger {

// The rows of a run of entries, put into one group of writes after the other: all at once they
// would hold a group up, and whoever waits for it, for a tenth of a second. Not thread-safe.
class IndexRun {
 public:
  // Sorts the rows, in a thread of its own unless told otherwise. `got_to` says where an earlier
  // run over the same entries was interrupted.
  explicit IndexRun(PendingIndex index, std::launch sorting = std::launch::async,
                    std::optional<IndexReach> got_to = {});
  IndexRun(const IndexRun&) = delete;
  IndexRun& operator=(const IndexRun&) = delete;

  // Adds the next rows, at most so many, and the record of how far they reach; nothing while they
  // are being sorted.
  void put_some(std::size_t count_max, WriteGroup& writes);
  void put_all(WriteGroup& writes);

  bool is_done() const { return rows_ && next_ == rows_->size(); }

  const PendingIndex& index() const { return index_; }

 private:
  struct Row {
    Table table;
    KeyIndex::Pair pair;
  };

  using Rows = std::vector<Row>;

  static Rows sorted(const PendingIndex& index);
  void take_rows();
  void put(std::size_t end, WriteGroup& writes);

  PendingIndex index_;
  std::optional<IndexReach> got_to_;
  std::optional<Rows> rows_;  // once they are sorted
  std::size_t next_ = 0;
  std::future<Rows> sorting_;  // last: it reads `index_`
};

}  // namespace ledger
