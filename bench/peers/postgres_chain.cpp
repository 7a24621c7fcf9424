#include "bench/peers/postgres_chain.h"

#include <libpq-fe.h>

#include <charconv>
#include <cstring>
#include <string_view>
#include <vector>

#include "bench/stopwatch.h"

namespace bench {
namespace {

// The lock makes the chain hold whoever else inserts; the index yields the last row.
constexpr auto table = R"(
DROP TABLE IF EXISTS events;
CREATE TABLE events (number bigint PRIMARY KEY, entry bytea NOT NULL, hash bytea NOT NULL);
CREATE OR REPLACE FUNCTION chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  PERFORM pg_advisory_xact_lock(1);
  SELECT number, hash INTO last FROM events ORDER BY events.number DESC LIMIT 1;
  NEW.number := coalesce(last.number, 0) + 1;
  NEW.hash := sha256(coalesce(last.hash, '') || NEW.entry);
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION chain();
)";

constexpr auto check = R"(
SELECT count(*) FILTER (WHERE hash = sha256(coalesce(before, '') || entry))
FROM (SELECT entry, hash, lag(hash) OVER (ORDER BY events.number) AS before FROM events) AS chained
)";

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};

using Answer = std::unique_ptr<PGresult, Clear>;

ledger::Error error_of(PGconn* connection) {
  return {ledger::ErrorCode::unavailable, std::string("PostgreSQL: ") + PQerrorMessage(connection)};
}

void add(std::string& out, std::uint16_t number) {
  out += {static_cast<char>(number >> 8), static_cast<char>(number)};
}

void add(std::string& out, std::uint32_t number) {
  add(out, static_cast<std::uint16_t>(number >> 16));
  add(out, static_cast<std::uint16_t>(number));
}

// The only value of an answer, a number.
ledger::Result<std::uint64_t> number_in(PGconn* connection, const char* sql) {
  const Answer answer(PQexec(connection, sql));
  if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return error_of(connection);
  const std::string_view text = PQgetvalue(answer.get(), 0, 0);
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

void PostgresChain::Close::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

ledger::Result<PostgresChain> PostgresChain::create(const std::string& connection) {
  PostgresChain chain(Connection(PQconnectdb(connection.c_str())));
  auto* const raw = chain.connection_.get();
  if (PQstatus(raw) != CONNECTION_OK) return error_of(raw);
  TRY(chain.execute("SET client_min_messages = error"));
  TRY(chain.execute(table));
  const Answer prepared(
      PQprepare(raw, "insert", "INSERT INTO events (entry) VALUES ($1)", 1, nullptr));
  if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) return error_of(raw);
  return chain;
}

ledger::Status PostgresChain::execute(const char* sql) {
  const Answer answer(PQexec(connection_.get(), sql));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return error_of(connection_.get());
  return ledger::Ok{};
}

ledger::Result<double> PostgresChain::append(std::span<const ledger::Batch> batches) {
  const Stopwatch watch;
  for (const auto& batch : batches) {
    TRY(batch.count() == 1 ? insert_one(batch.entry(0)) : copy(batch));
  }
  return watch.seconds();
}

ledger::Status PostgresChain::insert_one(ledger::Bytes entry) {
  const auto* const value = ledger::text_of(entry).data();
  const auto length = static_cast<int>(entry.size());
  constexpr int binary = 1;
  const Answer answer(
      PQexecPrepared(connection_.get(), "insert", 1, &value, &length, &binary, binary));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return error_of(connection_.get());
  return ledger::Ok{};
}

ledger::Status PostgresChain::copy(const ledger::Batch& batch) {
  using namespace std::literals;
  rows_ = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"sv;
  for (std::size_t at = 0; at < batch.count(); ++at) {
    const auto entry = batch.entry(at);
    add(rows_, std::uint16_t{1});
    add(rows_, static_cast<std::uint32_t>(entry.size()));
    rows_ += ledger::text_of(entry);
  }
  add(rows_, std::uint16_t{0xFFFF});
  auto* const raw = connection_.get();
  const Answer begun(PQexec(raw, "COPY events (entry) FROM STDIN (FORMAT binary)"));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN ||
      PQputCopyData(raw, rows_.data(), static_cast<int>(rows_.size())) != 1 ||
      PQputCopyEnd(raw, nullptr) != 1) {
    return error_of(raw);
  }
  const Answer done(PQgetResult(raw));
  if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) return error_of(raw);
  const Answer nothing(PQgetResult(raw));  // which says that the connection is free again
  return ledger::Ok{};
}

ledger::Result<double> PostgresChain::verify(std::uint64_t rows) {
  const Stopwatch watch;
  const auto good = TRY(number_in(connection_.get(), check));
  const auto seconds = watch.seconds();
  if (good == rows) return seconds;
  return ledger::Error{ledger::ErrorCode::corrupt, "the chain in PostgreSQL holds for " +
                                                       std::to_string(good) + " rows of " +
                                                       std::to_string(rows)};
}

ledger::Result<std::uint64_t> PostgresChain::bytes() {
  return number_in(connection_.get(), "SELECT pg_total_relation_size('events')");
}

}  // namespace bench
