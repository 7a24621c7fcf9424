// What the index tables of the database say about events that want to enter.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/batch.h"
#include "ledger/event.h"
#include "ledger/key_index.h"
#include "ledger/store.h"

namespace ledger {

// Of each event of a batch, by position. The batch must outlive it.
struct KnownRows {
  std::vector<char> spelled;    // what `keys` views, one after the other
  std::vector<HashedKey> keys;  // source and id
  std::vector<HashedKey> subjects;
  std::vector<std::optional<Sequence>> firsts;    // who has that key
  std::vector<std::optional<Sequence>> previous;  // the newest of its subject
};

// Asks for the whole batch at once. Where `newer` knows a newer event of a subject than the
// database can, the database is not asked. Fails as the database does, and with `corrupt`.
Result<KnownRows> look_up(
    const Store& store, const Batch& batch,
    const std::function<std::optional<Sequence>(const HashedKey& subject)>& newer);

// The entries of a batch were verified when it was submitted.
Entry batch_entry(const Batch& batch, std::size_t position);

}  // namespace ledger
