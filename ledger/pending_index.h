// What the index tables do not hold yet. They are written for many entries at once, in the
// order of their keys: row by row they would cost more than all the rest of an append. What
// they lack is in the log, and is put together from its end when a ledger is opened.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/event.h"
#include "ledger/key_index.h"
#include "ledger/store.h"

namespace ledger {

// The rows of a run of entries. Not thread-safe while it changes.
class PendingIndex {
 public:
  // Of no entries yet; the first added is the one after so many.
  explicit PendingIndex(TreeSize begin) : begin_(begin), end_(begin) {}

  // Of the entries from `begin` to `end`; of none where `begin` is not before it. Fails with
  // `corrupt`.
  static Result<PendingIndex> read(const Store& store, TreeSize begin, TreeSize end);
  // Of all entries up to `size` whose rows the tables of `store` may lack. Fails likewise.
  static Result<PendingIndex> read_tail(const Store& store, TreeSize size);

  // Adds the next entry, by its key of source and id.
  void add(const HashedKey& key, const HashedKey& subject);
  // From here on `take_back` leads back to here.
  void mark();
  // Forgets the entries added since the last mark.
  void take_back();

  std::optional<Sequence> find(const HashedKey& key) const { return keys_.find(key); }

  // The newest of its entries in a stream.
  std::optional<Sequence> last_of(const HashedKey& subject) const { return streams_.find(subject); }

  // Has memory bring what `find` will ask for.
  void prefetch(const HashedKey& key) const { keys_.prefetch(key); }

  // Calls `use` with each stream whose subject begins so, and the newest of its entries.
  void each_stream(
      std::string_view beginning,
      const std::function<void(std::string_view subject, Sequence newest)>& use) const {
    streams_.each_beginning(beginning, use);
  }

  // Entries whose rows it holds.
  std::size_t count() const { return keys_.count(); }

  TreeSize begin() const { return begin_; }

  TreeSize end() const { return end_; }

  const KeyIndex& keys() const { return keys_; }

  const KeyIndex& streams() const { return streams_; }

 private:
  TreeSize begin_;
  TreeSize end_;
  TreeSize marked_ = end_;
  KeyIndex keys_;
  KeyIndex streams_;
};

}  // namespace ledger
