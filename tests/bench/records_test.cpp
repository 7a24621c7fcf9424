// What a ceiling leaves behind or reads must be what the log does, or its rate says
// nothing.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "bench/append_ceiling.h"
#include "bench/append_log.h"
#include "bench/history.h"
#include "bench/proof_ceilings.h"
#include "bench/proofs.h"
#include "bench/read_ceilings.h"
#include "bench/read_ledger.h"
#include "bench/scratch.h"
#include "ledger/frame.h"
#include "ledger/mention_index.h"
#include "ledger/store.h"

namespace bench {
namespace {

using Records = std::map<std::string, std::string>;

Records records(const std::filesystem::path& database, ledger::Table table) {
  const auto store = ledger::Store::open(database, ledger::Store::Mode::read);
  REQUIRE(store);
  Records result;
  auto cursor = (*store)->cursor(table, ledger::Store::Pattern::scan);
  for (cursor.seek_first(); cursor.valid(); cursor.next()) {
    result.emplace(ledger::text_of(cursor.key()), ledger::text_of(cursor.value()));
  }
  REQUIRE(cursor.status());
  return result;
}

// Lengths tell records apart that differ only in the time of append and what follows of it.
std::map<std::string, std::size_t> lengths(const Records& records) {
  std::map<std::string, std::size_t> result;
  for (const auto& [key, value] : records) result.emplace(key, value.size());
  return result;
}

}  // namespace

TEST_CASE("the append ceiling leaves the records that the log leaves") {
  const auto pipeline = GENERATE(Pipeline::off, Pipeline::on);
  const auto groups = history(5'000, 1'000);
  REQUIRE(groups);
  const auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  const auto ours = scratch->path() / "ours";
  const auto theirs = scratch->path() / "theirs";
  REQUIRE(append_waiting(ours, *groups, 1));
  REQUIRE(append_ceiling(theirs, *groups, pipeline));

  using enum ledger::Table;
  CHECK(records(theirs, idempotency) == records(ours / "db", idempotency));
  CHECK(records(theirs, streams) == records(ours / "db", streams));
  CHECK(records(theirs, idempotency).size() == 5'000);
  CHECK(lengths(records(theirs, tree)) == lengths(records(ours / "db", tree)));
  CHECK(records(theirs, tree).size() == 5'000 / 256);
  CHECK(lengths(records(theirs, frames)) == lengths(records(ours / "db", frames)));
  for (const auto& [key, value] : records(theirs, frames)) {
    const auto first =
        static_cast<unsigned char>(key[6]) * 256U + static_cast<unsigned char>(key[7]);
    const auto frame = ledger::FrameView::parse(ledger::Sequence{first}, ledger::bytes_of(value));
    REQUIRE(frame);
    for (std::uint32_t at = 0; at < frame->count(); ++at) CHECK(frame->entry_intact(at));
  }
  CHECK(records(theirs, meta).at("head").size() == records(ours / "db", meta).at("head").size());
}

TEST_CASE("the ceiling of callers who wait leaves an entry of each") {
  const auto groups = history(1'000, 1'000);
  REQUIRE(groups);
  const auto ones = regrouped(*groups, 1'000, 1);
  REQUIRE(ones.size() == 1'000);
  const auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  const auto ours = scratch->path() / "ours";
  const auto theirs = scratch->path() / "theirs";
  REQUIRE(append_waiting(ours, ones, 8));
  REQUIRE(append_ceiling_of_callers(theirs, ones, 8));

  using enum ledger::Table;
  const auto keys = [](const auto& records) {
    std::set<std::string> all;
    for (const auto& record : records) all.insert(record.first);
    return all;
  };
  // They came in another order.
  CHECK(keys(records(theirs, idempotency)) == keys(records(ours / "db", idempotency)));
  CHECK(keys(records(theirs, streams)) == keys(records(ours / "db", streams)));
  CHECK(records(theirs, tree).size() == 1'000 / 256);
}

TEST_CASE("the map of mentions that is timed is of every event") {
  const auto groups = history(3'000, 1'000);
  REQUIRE(groups);
  const auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  const auto folder = scratch->path() / "ledger";
  REQUIRE(append_with_mentions(folder, *groups));
  const auto reader = ledger::Reader::open(folder);
  REQUIRE(reader);
  const auto prover = ledger::SubjectProver::open(folder, *reader, {});
  REQUIRE(prover);
  CHECK(prover->head().tree.size == ledger::TreeSize{3'000});
}

TEST_CASE("the verify ceiling comes to the root of the log on any number of threads") {
  constexpr std::uint64_t events = 65'536 + 5'000;  // more than one task
  const auto groups = history(events, 1'000);
  REQUIRE(groups);
  CHECK(count(*groups) == events);
  const auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  const auto folder = scratch->path() / "ledger";
  REQUIRE(append_streaming(folder, *groups));
  const auto root = root_of(folder);
  REQUIRE(root);
  for (const unsigned threads : {1U, 2U, 8U}) {
    CAPTURE(threads);
    const auto checked = verify_ceiling(folder / "db", {events}, threads);
    REQUIRE(checked);
    CHECK(checked->root == *root);
  }
  CHECK_FALSE(verify_ceiling(folder / "db", {events + 1}, 2));
  CHECK(replay_ceiling(folder / "db"));
}

TEST_CASE("the proofs that are timed hold, and the ceilings find what they need") {
  const auto groups = history(1'500, 500);
  REQUIRE(groups);
  const auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  const auto folder = scratch->path() / "ledger";
  REQUIRE(append_waiting(folder, *groups, 1));
  const auto proofs = Proofs::open(folder, 50);
  REQUIRE(proofs);
  const auto made = (*proofs)->prove();
  REQUIRE(made);
  CHECK(made->latency.has_value());
  CHECK(made->bytes_per_event > 11 * 44);  // a tree of 1,500 has 11 levels
  CHECK((*proofs)->check());
  CHECK(prove_ceiling(folder / "db", (*proofs)->indexes()));
  CHECK(check_ceiling(50, ledger::TreeSize{1'500}));
}

}  // namespace bench
