// The database of the ceilings: RocksDB as its own examples use it, with the settings
// that suit the records of a ledger.
#pragma once

#include <rocksdb/db.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"

namespace bench {

// Column families in the order in which a ledger names them.
enum BareTable { bare_meta, bare_frames, bare_tree, bare_idempotency, bare_streams };

struct BareDatabase {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> tables;

  // An empty database for writing, in a new folder.
  static ledger::Result<std::unique_ptr<BareDatabase>> create(const std::filesystem::path& folder);
  // The database of a ledger, for reading beside whoever writes it.
  static ledger::Result<std::unique_ptr<BareDatabase>> read(const std::filesystem::path& folder);

  BareDatabase() = default;
  ~BareDatabase();
  BareDatabase(const BareDatabase&) = delete;
  BareDatabase& operator=(const BareDatabase&) = delete;
};

ledger::Status status_of(const rocksdb::Status& status);

inline rocksdb::Slice slice_of(ledger::Bytes bytes) {
  const auto text = ledger::text_of(bytes);
  return {text.data(), text.size()};
}

// Of the number itself, which must outlive it.
inline rocksdb::Slice slice_of(const std::uint64_t& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace bench
