// The disk's share of a long scan, done while others work.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/store.h"

namespace ledger {

// Tells the kernel which files of a table are going to be read, so that it fetches them into
// memory meanwhile: a cursor reads ahead, too, but waits for each piece. Changes nothing but time.
// Safe from any thread.
class Prefetch {
 public:
  Prefetch(const Store& store, Table table);

  // Records with keys from `first` to `last` will be read.
  void announce(Bytes first, Bytes last);
  // All will be. Does nothing for a table that could drive out of memory what is to be read before.
  void announce_all();

 private:
  void fetch(std::size_t file);

  std::vector<Store::File> files_;
  std::unique_ptr<std::atomic<bool>[]> fetched_;
};

}  // namespace ledger
