// The log that one would write with PostgreSQL: a table of entries, chained by a trigger.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "ledger/base/error.h"
#include "ledger/batch.h"

struct pg_conn;  // libpq's connection; its header stays in postgres_chain.cpp

namespace bench {

// One connection and its table. One thread at a time.
class PostgresChain {
 public:
  // Connects and makes the table anew. Fails with `unavailable`.
  static ledger::Result<PostgresChain> create(const std::string& connection);

  // Appends each batch in a transaction of its own, synced. Returns seconds.
  ledger::Result<double> append(std::span<const ledger::Batch> batches);
  // Has the server check the chain. Returns seconds. Fails with `corrupt` unless it is whole
  // and has so many rows.
  ledger::Result<double> verify(std::uint64_t rows);
  // What the table and its index take on disk, without the write-ahead log.
  ledger::Result<std::uint64_t> bytes();

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };

  using Connection = std::unique_ptr<pg_conn, Close>;

  explicit PostgresChain(Connection connection) : connection_(std::move(connection)) {}

  ledger::Status execute(const char* sql);
  ledger::Status insert_one(ledger::Bytes entry);
  ledger::Status copy(const ledger::Batch& batch);

  Connection connection_;
  std::string rows_;  // in the binary form of COPY
};

}  // namespace bench
