#include "bench/peers/sqlite_chain.h"

#include <sqlite3.h>

#include <memory>
#include <string>

#include "bench/peers/chain.h"
#include "bench/stopwatch.h"
#include "ledger/event.h"

namespace bench {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }

  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

ledger::Error error_of(sqlite3* database) {
  return {ledger::ErrorCode::unavailable, std::string("SQLite: ") + sqlite3_errmsg(database)};
}

ledger::Status execute(const Database& database, const char* sql) {
  if (sqlite3_exec(database.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) {
    return ledger::Ok{};
  }
  return error_of(database.get());
}

ledger::Result<Statement> prepare(const Database& database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.get(), sql, -1, &statement, nullptr) != SQLITE_OK) {
    return error_of(database.get());
  }
  return Statement(statement);
}

ledger::Result<Database> open(const std::filesystem::path& folder) {
  sqlite3* opened = nullptr;
  const int status = sqlite3_open((folder / "events.sqlite").c_str(), &opened);
  Database database(opened);
  if (status != SQLITE_OK) return error_of(opened);
  TRY(execute(database,
              "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"));
  return database;
}

void bind_blob(const Statement& statement, int place, ledger::Bytes bytes) {
  sqlite3_bind_blob(statement.get(), place, bytes.data(), static_cast<int>(bytes.size()),
                    SQLITE_STATIC);
}

class Appending {
 public:
  Appending(const Database& database, Statement insert, Repeats repeats)
      : database_(database), insert_(std::move(insert)), repeats_(repeats) {}

  ledger::Status append(const ledger::Batch& batch) {
    const bool several = batch.count() > 1;
    if (several) TRY(execute(database_, "BEGIN"));
    for (std::size_t at = 0; at < batch.count(); ++at) TRY(insert(batch.entry(at)));
    if (several) TRY(execute(database_, "COMMIT"));
    return ledger::Ok{};
  }

 private:
  ledger::Status insert(ledger::Bytes entry) {
    sqlite3_bind_int64(insert_.get(), 1, ++number_);
    bind_blob(insert_, 2, entry);
    bind_blob(insert_, 3, chain_.extend(entry));
    if (repeats_ == Repeats::refused) {
      const auto& event = *ledger::schema::GetEvent(entry.data());
      key_ = event.source()->string_view();
      key_ += '#';
      key_ += event.id()->string_view();
      sqlite3_bind_text(insert_.get(), 4, key_.data(), static_cast<int>(key_.size()),
                        SQLITE_STATIC);
    }
    const int status = sqlite3_step(insert_.get());
    sqlite3_reset(insert_.get());
    if (status != SQLITE_DONE) return error_of(database_.get());
    return ledger::Ok{};
  }

  const Database& database_;
  Statement insert_;
  Repeats repeats_;
  Chain chain_;
  sqlite3_int64 number_ = 0;
  std::string key_;
};

}  // namespace

ledger::Result<double> sqlite_append(const std::filesystem::path& folder,
                                     std::span<const ledger::Batch> batches, Repeats repeats) {
  std::filesystem::create_directories(folder);
  const auto database = TRY(open(folder));
  const bool keyed = repeats == Repeats::refused;
  TRY(execute(database, keyed ? "CREATE TABLE events (number INTEGER PRIMARY KEY, entry BLOB NOT "
                                "NULL, hash BLOB NOT NULL, key TEXT NOT NULL UNIQUE)"
                              : "CREATE TABLE events (number INTEGER PRIMARY KEY, entry BLOB NOT "
                                "NULL, hash BLOB NOT NULL)"));
  Appending appending(database,
                      TRY(prepare(database, keyed ? "INSERT INTO events VALUES (?, ?, ?, ?)"
                                                  : "INSERT INTO events VALUES (?, ?, ?)")),
                      repeats);
  const Stopwatch watch;
  for (const auto& batch : batches) TRY(appending.append(batch));
  return watch.seconds();
}

ledger::Result<double> sqlite_verify(const std::filesystem::path& folder, std::uint64_t rows) {
  const auto database = TRY(open(folder));
  const Stopwatch watch;
  const auto select = TRY(prepare(database, "SELECT entry, hash FROM events ORDER BY number"));
  const auto column = [&select](int place) {
    return ledger::Bytes(static_cast<const std::byte*>(sqlite3_column_blob(select.get(), place)),
                         static_cast<std::size_t>(sqlite3_column_bytes(select.get(), place)));
  };
  Chain chain;
  std::uint64_t good = 0;
  int status = sqlite3_step(select.get());
  for (; status == SQLITE_ROW; status = sqlite3_step(select.get())) {
    const auto& wanted = chain.extend(column(0));
    const auto stored = column(1);
    if (std::equal(stored.begin(), stored.end(), wanted.begin(), wanted.end())) ++good;
  }
  if (status != SQLITE_DONE) return error_of(database.get());
  if (good != rows) {
    return ledger::Error{ledger::ErrorCode::corrupt, "the chain in SQLite holds for " +
                                                         std::to_string(good) + " rows of " +
                                                         std::to_string(rows)};
  }
  return watch.seconds();
}

}  // namespace bench
