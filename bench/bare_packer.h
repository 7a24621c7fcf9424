#pragma once

#include <rocksdb/write_batch.h>

#include <cstdint>
#include <future>
#include <span>
#include <string>

#include "bench/bare_database.h"
#include "bench/bare_rows.h"
#include "bench/bare_tree.h"
#include "ledger/batch.h"

namespace bench {

// Turns groups of entries into the writes that make them durable. One thread at a time.
class BarePacker {
 public:
  explicit BarePacker(const BareDatabase& database) : database_(database) {}

  void pack(const ledger::Batch& group, rocksdb::WriteBatch& writes);
  // Writes the rows of the index tables that wait: `pack` has another thread do so when there
  // are many.
  rocksdb::Status write_rows();

 private:
  void begin_rows();
  void put_tile(unsigned level, std::uint64_t number, std::span<const ledger::Hash> hashes,
                rocksdb::WriteBatch& writes);
  void put_frames(const ledger::Batch& group, rocksdb::WriteBatch& writes);
  void build_frame(const ledger::Batch& group, std::size_t begin, std::size_t count,
                   std::uint64_t first);
  void put_head(rocksdb::WriteBatch& writes);

  const BareDatabase& database_;
  BareTree tree_;
  std::uint64_t entry_bytes_ = 0;
  std::string frame_;
  BareRows rows_;
  rocksdb::Status rows_status_;
  std::future<rocksdb::Status> writing_rows_;
};

}  // namespace bench
