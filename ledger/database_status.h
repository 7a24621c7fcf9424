#pragma once

#include <rocksdb/status.h>

namespace ledger {

// Whether what RocksDB refuses with tells of damage: of files that name what is not there, or hold
// what it cannot take. Everything else is the fault of the machine, its disk or its rights.
bool means_damage(const rocksdb::Status& status);
// Whether the database is locked, by another process or by this one.
bool means_locked(const rocksdb::Status& status);

}  // namespace ledger
