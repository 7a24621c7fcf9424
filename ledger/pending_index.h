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

// How many entries of the log, from the first, the index tables cover. Fails with `corrupt`.
Result<TreeSize> read_indexed(const Store& store);

// The rows of a run of entries. Not thread-safe while it changes.
class PendingIndex {
 public:
  // Of no entries yet; the first added is the one after so many.
  explicit PendingIndex(TreeSize indexed) : end_(indexed) {}

  // Of the entries that the tables of `store` do not cover, up to `size`; of none when they
  // reach there or beyond. Fails with `corrupt`.
  static Result<PendingIndex> read(const Store& store, TreeSize size);

  // Adds the next entry.
  void add(const Entry& entry);
  // From here on `take_back` leads back to here.
  void mark();
  // Forgets the entries added since the last mark.
  void take_back();

  std::optional<Sequence> find(std::string_view key) const { return keys_.find(key); }

  // The newest of its entries in a stream.
  std::optional<Sequence> last_of(std::string_view subject) const { return streams_.find(subject); }

  // Calls `use` with each stream whose subject begins so, and the newest of its entries.
  void each_stream(
      std::string_view beginning,
      const std::function<void(std::string_view subject, Sequence newest)>& use) const {
    streams_.each_beginning(beginning, use);
  }

  // Entries whose rows it holds.
  std::size_t count() const { return keys_.count(); }

  TreeSize end() const { return end_; }

  // Adds all rows to `writes`, with the size that the tables cover then.
  void put(WriteGroup& writes) const;

 private:
  TreeSize end_;
  TreeSize marked_ = end_;
  KeyIndex keys_;
  KeyIndex streams_;
  std::string key_;  // of the entry in hand
};

}  // namespace ledger
