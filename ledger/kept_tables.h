// A file system for the database that can be told to remove no table.
#pragma once

#include <rocksdb/env.h>

namespace ledger {

// The system's, and lives as long as the process. Safe from any thread.
rocksdb::Env* environment_that_keeps_tables();

// While it lives, tables that RocksDB removes on this thread stay where they are.
//
// For the taking in of files: where the manifest could be written and not be synced, RocksDB
// 7.8 gives the files up and removes them, though the next opening may find the manifest naming
// them. A table that is kept and not named is removed at the next opening.
class KeptTables {
 public:
  KeptTables();
  ~KeptTables();
  KeptTables(const KeptTables&) = delete;
  KeptTables& operator=(const KeptTables&) = delete;
};

}  // namespace ledger
