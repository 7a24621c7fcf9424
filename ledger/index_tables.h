// The index tables of the database, as whoever fills them asks them.
#pragma once

#include <cstddef>
#include <optional>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/key_filter.h"
#include "ledger/key_index.h"
#include "ledger/pending_index.h"
#include "ledger/store.h"

namespace ledger {

// Most keys asked for are new, and a database asks each of its newest files for them. Where all
// the rows of the tables came through here, a filter of their keys answers instead. One thread at
// a time.
class IndexTables {
 public:
  // Of a store, which must outlive it, whose tables reach to that entry. Of more keys than
  // `keys_max` no filter is kept: both together would need more than 128 MiB.
  IndexTables(const Store& store, TreeSize reach, std::size_t keys_max = 25'000'000)
      : store_(store), keys_max_(keys_max), all_seen_(reach == TreeSize{}) {}

  // The tables have taken in these rows.
  void add(const PendingIndex& rows);

  // Whether a key must be looked up.
  bool may_hold(Table table, const HashedKey& key) const;
  // Has memory bring what `may_hold` will look at.
  void prefetch(const HashedKey& key, const HashedKey& subject) const;

  // What they have for a key, if they have it. Fails with `corrupt`, and as the database does.
  Result<std::optional<Sequence>> look_up(Table table, const HashedKey& key) const;

  const Store& store() const { return store_; }

 private:
  const KeyFilter& filter(Table table) const {
    return table == Table::idempotency ? keys_ : subjects_;
  }

  const Store& store_;
  std::size_t keys_max_;
  bool all_seen_;  // and their keys are in the filters
  KeyFilter keys_;
  KeyFilter subjects_;
};

}  // namespace ledger
