#pragma once

#include <mutex>
#include <optional>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/pending_index.h"
#include "ledger/store.h"

namespace ledger {

// What the index tables lack of the first entries of a log, read when it is first asked for:
// while nobody writes they lack nothing. Must not outlive the store. Safe from any thread.
class IndexTail {
 public:
  IndexTail(const Store& store, TreeSize size) : store_(store), size_(size) {}

  // Fails with `corrupt`, again and again.
  Result<const PendingIndex*> read() const {
    std::call_once(once_, [this] { index_.emplace(PendingIndex::read_tail(store_, size_)); });
    if (!*index_) return index_->error();
    return &**index_;
  }

 private:
  const Store& store_;
  TreeSize size_;
  mutable std::once_flag once_;
  mutable std::optional<Result<PendingIndex>> index_;
};

}  // namespace ledger
