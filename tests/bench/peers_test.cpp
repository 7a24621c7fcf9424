// The peers must do the work that they are timed at: keep a chain that a change breaks.
#include "bench/peers/peers.h"

#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "bench/child.h"
#include "bench/history.h"
#include "bench/peers/chain.h"
#include "bench/peers/journal.h"
#include "bench/peers/postgres_chain.h"
#include "bench/peers/postgres_cluster.h"
#include "bench/peers/sqlite_chain.h"
#include "bench/scratch.h"

namespace bench {
namespace {

constexpr std::uint64_t events = 2'000;

std::vector<ledger::Batch> some_history() {
  auto groups = history(events, 500);
  REQUIRE(groups);
  return *std::move(groups);
}

Scratch new_scratch() {
  auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  return *std::move(scratch);
}

bool execute_in_sqlite(const std::filesystem::path& folder, const char* sql) {
  sqlite3* database = nullptr;
  const bool done = sqlite3_open((folder / "events.sqlite").c_str(), &database) == SQLITE_OK &&
                    sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
  sqlite3_close(database);
  return done;
}

}  // namespace

TEST_CASE("a chain is SHA-256 over the hash before and the entry") {
  using ledger::proof::sha256;
  Chain chain;
  const auto first = sha256(ledger::bytes_of("a"));
  CHECK(chain.extend(ledger::bytes_of("a")) == first);
  const auto joined = std::string(ledger::text_of(first)) + "b";
  CHECK(chain.extend(ledger::bytes_of("b")) == sha256(ledger::bytes_of(joined)));
}

TEST_CASE("the chain in SQLite holds until a row is changed, lost or added") {
  const auto repeats = GENERATE(Repeats::admitted, Repeats::refused);
  const auto* const damage =
      GENERATE("UPDATE events SET entry = zeroblob(8) WHERE number = 700",
               "UPDATE events SET hash = zeroblob(32) WHERE number = 1",
               "DELETE FROM events WHERE number = 2000", "DELETE FROM events WHERE number = 1");
  CAPTURE(damage);
  const auto scratch = new_scratch();
  REQUIRE(sqlite_append(scratch.path(), some_history(), repeats));
  REQUIRE(sqlite_verify(scratch.path(), events));
  CHECK_FALSE(sqlite_verify(scratch.path(), events + 1));
  REQUIRE(execute_in_sqlite(scratch.path(), damage));
  CHECK(sqlite_verify(scratch.path(), events).error().code == ledger::ErrorCode::corrupt);
}

TEST_CASE("SQLite with keys refuses an event that is there") {
  auto groups = some_history();
  groups.push_back(regrouped(groups, 1, 1).front());
  const auto keyless = new_scratch();
  CHECK(sqlite_append(keyless.path(), groups, Repeats::admitted));
  const auto keyed = new_scratch();
  CHECK_FALSE(sqlite_append(keyed.path(), groups, Repeats::refused));
}

TEST_CASE("the chain in PostgreSQL holds, by one and by batches, until a row is changed") {
  if (!PostgresCluster::is_installed()) {
    WARN("PostgreSQL is not installed");
    return;
  }
  const auto groups = some_history();
  const auto scratch = new_scratch();
  const auto cluster = PostgresCluster::start(scratch.path());
  REQUIRE(cluster);
  auto chain = PostgresChain::create((*cluster)->connection());
  REQUIRE(chain);
  REQUIRE(chain->append(groups));
  REQUIRE(chain->append(regrouped(groups, 10, 1)));
  CHECK(chain->verify(events + 10));
  CHECK_FALSE(chain->verify(events));
  CHECK(chain->bytes());
  REQUIRE(succeeds({"psql", "-q", (*cluster)->connection(), "-c",
                    "UPDATE events SET entry = 'x' WHERE number = 700"}));
  CHECK(chain->verify(events + 10).error().code == ledger::ErrorCode::corrupt);
}

TEST_CASE(
    "the journal has a transaction for each event, and its programs take nothing but journals") {
  const auto scratch = new_scratch();
  const auto file = scratch.path() / "events.journal";
  REQUIRE(write_journal(file, some_history()));
  std::ifstream in(file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::uint64_t transactions = 0;
  for (auto at = text.find(" * "); at != std::string::npos; at = text.find(" * ", at + 1)) {
    ++transactions;
  }
  CHECK(transactions == events);
  CHECK(text.find(" CNY\n    budget\n") != std::string::npos);
  for (const std::string program : {"ledger", "hledger"}) {
    if (is_on_path(program)) CHECK(balances_by(program, file));
  }
  std::ofstream(file, std::ios::app) << "2018-13-01 no such day\n";
  for (const std::string program : {"ledger", "hledger"}) {
    if (is_on_path(program)) CHECK_FALSE(balances_by(program, file));
  }
}

TEST_CASE("only what is asked for is measured, and each work once") {
  const auto scratch = new_scratch();
  std::vector<std::string> works;
  const auto scored = [&](std::string_view peer, const Score& score) {
    works.push_back(std::string(peer) + " " + score.work);
    CHECK(score.ratio() > 0);
    CHECK(score.bytes_per_event > 0);
  };
  REQUIRE(run_peers({events, 1, scratch.path(), {"sqlite"}}, {scored, {}}));
  CHECK(works ==
        std::vector<std::string>{"sqlite append_1", "sqlite append_1000", "sqlite verify_1"});
}

}  // namespace bench
