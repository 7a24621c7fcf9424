// How far the index tables cover the log: the record `indexed`.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/store.h"

namespace ledger {

// Rows are written for a run of entries, in the order of their keys and a part at a time. The
// tables hold those of all entries before the run, and of the run those up to where it got.
struct IndexReach {
  TreeSize whole;                    // entries before the run
  TreeSize partly = whole;           // where the run ends; the same if there is none
  Table table = Table::idempotency;  // where it got: first that table, then streams
  std::string key = {};              // its last row there; empty: none yet

  // Whether the row of an entry under its key, or its subject, is there.
  bool covers(Table in, std::string_view row_key, Sequence index) const {
    return index.value < whole.value || (index.value < partly.value && got_to(in, row_key));
  }

  // The record's value.
  std::string serialised() const;

 private:
  bool got_to(Table in, std::string_view row_key) const;
};

// Fails with `corrupt`.
Result<IndexReach> read_index_reach(const Store& store);
void put_index_reach(const IndexReach& reach, WriteGroup& writes);

}  // namespace ledger
