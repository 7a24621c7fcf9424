// What the index tables of the database say about events that want to enter.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/batch.h"
#include "ledger/event.h"
#include "ledger/index_tables.h"
#include "ledger/key_index.h"
#include "ledger/store.h"

namespace ledger {

struct KnownRow {
  HashedKey key;  // source and id
  HashedKey subject;
  std::optional<Sequence> first = {};     // who has that key
  std::optional<Sequence> previous = {};  // the newest of its subject
};

// The rows of the events of some batches, one batch after the other, which must outlive their
// use. Keeps its memory from one look-up to the next. One thread at a time.
class KnownRows {
 public:
  using Newer = std::function<std::optional<Sequence>(const HashedKey& subject)>;

  // Asks for all of these batches at once, and forgets those before. Where `newer` knows a newer
  // event of a subject than the tables can, they are not asked. Fails as the database does, and
  // with `corrupt`.
  Status look_up(const IndexTables& tables, std::vector<const Batch*> batches, const Newer& newer);
  // The rows of one of these batches. They are asked for in their order; one may be passed over.
  std::span<const KnownRow> of(const Batch& batch);

 private:
  // A key that is to be looked up, and for which row.
  struct Wanted {
    std::string_view key;
    std::size_t row;
  };

  void spell();
  Status look_up_wanted(const Store& store, Table table, std::optional<Sequence> KnownRow::*found);

  std::vector<const Batch*> batches_;
  std::size_t passed_batches_ = 0;
  std::size_t passed_rows_ = 0;  // those of these batches
  std::string spelled_;          // what the keys view, one after the other
  std::vector<KnownRow> rows_;
  std::vector<Wanted> wanted_;  // of the table that is asked
  std::vector<Bytes> keys_;     // the same
};

// The entries of a batch were verified when it was submitted.
Entry batch_entry(const Batch& batch, std::size_t position);

}  // namespace ledger
