#pragma once

#include <rocksdb/write_batch.h>

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench/bare_database.h"
#include "bench/bare_tree.h"
#include "ledger/batch.h"

namespace bench {

// Turns groups of entries into the writes that make them durable. One thread at a time.
class BarePacker {
 public:
  explicit BarePacker(const BareDatabase& database) : database_(database) {}

  void pack(const ledger::Batch& group, rocksdb::WriteBatch& writes);
  // The rows of the index tables that wait, in the order of their keys.
  void put_rows(rocksdb::WriteBatch& writes);

 private:
  using Rows = std::vector<std::pair<std::string, std::uint64_t>>;

  static void put_sorted(rocksdb::ColumnFamilyHandle* table, Rows& rows,
                         rocksdb::WriteBatch& writes);
  void put_tile(unsigned level, std::uint64_t number, std::span<const ledger::Hash> hashes,
                rocksdb::WriteBatch& writes);
  void put_frames(const ledger::Batch& group, rocksdb::WriteBatch& writes);
  void build_frame(const ledger::Batch& group, std::size_t begin, std::size_t count,
                   std::uint64_t first);
  void put_head(rocksdb::WriteBatch& writes);

  const BareDatabase& database_;
  BareTree tree_;
  std::uint64_t entry_bytes_ = 0;
  std::string key_, frame_;
  Rows keys_;
  std::unordered_map<std::string, std::uint64_t> last_;
};

}  // namespace bench
