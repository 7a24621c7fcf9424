// How far the index tables cover the log: the record `indexed`.
#pragma once

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/store.h"

namespace ledger {

// How many entries, from the first, have their rows in the tables; no later one has. Fails with
// `corrupt`.
Result<TreeSize> read_index_reach(const Store& store);
// Goes with the rows that it speaks of.
Status put_index_reach(TreeSize reach, Ingestion& rows);

}  // namespace ledger
