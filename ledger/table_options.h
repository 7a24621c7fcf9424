// How the database under a ledger is set up: its options, its tables and theirs.
#pragma once

#include <rocksdb/db.h>

#include <array>
#include <vector>

#include "ledger/store.h"

namespace ledger {

// By the number of the table.
inline constexpr std::array table_names{"default",     "frames",  "tree",
                                        "idempotency", "streams", "checkpoints"};

rocksdb::DBOptions database_options(Store::Mode mode);
std::vector<rocksdb::ColumnFamilyDescriptor> table_descriptors(Store::Mode mode);

}  // namespace ledger
