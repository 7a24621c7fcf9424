// Rows on their way from memory into the index tables.
#pragma once

#include <chrono>
#include <future>

#include "ledger/base/error.h"
#include "ledger/pending_index.h"
#include "ledger/store.h"

namespace ledger {

// The rows of a run of entries, which another thread sorts and writes once it is told to. Its
// owner looks keys up in it meanwhile. Not thread-safe.
class IndexRun {
 public:
  // The store must outlive it.
  IndexRun(Store& store, PendingIndex index) : store_(store), index_(std::move(index)) {}

  IndexRun(const IndexRun&) = delete;
  IndexRun& operator=(const IndexRun&) = delete;

  // Begins to write, unless it has begun. The entries must be in the database: a row must never
  // be there that leads to none.
  void start();
  // Whether it is written, or has failed.
  bool is_done() const;
  // Starts it and waits for it. On return the rows are on disk, or it fails as the store does,
  // again and again.
  Status finish();

  const PendingIndex& index() const { return index_; }

 private:
  Status write() const;

  Store& store_;
  PendingIndex index_;
  std::shared_future<Status> written_;  // last: its thread reads `index_`
};

}  // namespace ledger
