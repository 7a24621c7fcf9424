// The settlement desk: it pays what is payable and no more, and misses no receivable.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "projections/receivables.h"
#include "projections/settlement_desk.h"
#include "projections/settlement_proposal.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Rows = std::map<std::string, json::object>;  // of one model, by their first key

std::unique_ptr<Replay> replay_of(const EventSource& source) {
  auto replay = Replay::run(source, {}, 1);
  REQUIRE(replay);
  return *std::move(replay);
}

Rows rows_by(const std::vector<std::string>& printed, const char* key) {
  Rows rows;
  for (const auto& row : printed) {
    auto object = json::parse(row).as_object();
    const std::string name(object.at(key).as_string());
    rows.emplace(name, std::move(object));
  }
  return rows;
}

Rows balances_of(const Replay& replay) {
  const auto printed = print_model(replay, ReadModel::balances);
  REQUIRE(printed);
  return rows_by((*printed).rows, "dealer");
}

std::int64_t sum(const std::vector<std::string>& rows, const char* key) {
  std::int64_t total = 0;
  for (const auto& row : rows) total += json::parse(row).as_object().at(key).as_int64();
  return total;
}

std::string claim(const char* id, const char* date) {
  return std::string(R"({"specversion":"1.0","id":")") + id +
         R"(","source":"hq","type":"clawback.issued","subject":"clawback/)" + id + R"(","time":")" +
         date + R"(T10:00:00+08:00","data":{"clawback":")" + id +
         R"(","dealer":"D1","order":"O1","kind":"standard","amount_fen":100,"findings":[]}})";
}

}  // namespace

TEST_CASE("a proposal pays exactly what is payable and sets off no more than the credit",
          "[property]") {
  std::size_t paid = 0;
  std::size_t set_off = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 100);
    const test::MemorySource source(lines);
    const auto replay = replay_of(source);
    for (const auto& [dealer, before] : balances_of(*replay)) {
      CAPTURE(dealer);
      const auto desk = print_settlement_desk(*replay, {}, dealer);
      REQUIRE(desk);
      CHECK(sum((*desk).rows, "payable_fen") == before.at("payable_fen").as_int64());

      const auto proposal = propose_settlement(*replay, {}, dealer, "INV-1");
      REQUIRE(proposal);
      CHECK((*proposal).approved_fen == before.at("payable_fen").as_int64());
      auto longer = lines;
      longer.insert(longer.end(), (*proposal).events.begin(), (*proposal).events.end());
      const test::MemorySource imported(longer);
      const auto paid_replay = replay_of(imported);
      const auto after = balances_of(*paid_replay).at(dealer);
      CHECK(after.at("payable_fen").as_int64() == 0);
      CHECK(after.at("to_claw_back_fen") == before.at("to_claw_back_fen"));
      CHECK(after.at("overdrawn_fen") == before.at("overdrawn_fen"));
      CHECK(after.at("granted_fen").as_int64() ==
            before.at("granted_fen").as_int64() + (*proposal).approved_fen);
      CHECK(after.at("credit_fen").as_int64() <= 0);
      if ((*proposal).setoff_fen > 0) CHECK(after.at("credit_fen").as_int64() == 0);
      paid += (*proposal).approved_fen > 0 ? 1U : 0U;
      set_off += (*proposal).setoff_fen > 0 ? 1U : 0U;

      const auto again = propose_settlement(*paid_replay, {}, dealer, "INV-1");
      REQUIRE(again);
      CHECK((*again).events.empty());
    }
  }
  CHECK(paid > 50);
  CHECK(set_off > 50);
}

TEST_CASE("the receivables of a dealer add up to its balance", "[property]") {
  std::size_t owing = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    const auto replay = replay_of(source);
    for (const auto& [dealer, balance] : balances_of(*replay)) {
      const auto rows = print_receivables(*replay, dealer).rows;
      CHECK(sum(rows, "receivable_fen") == balance.at("receivable_fen").as_int64());
      owing += rows.size();
    }
  }
  CHECK(owing > 100);
}

TEST_CASE("ages fall into buckets that include their ends") {
  const auto [date, age, bucket] =
      GENERATE(table<const char*, int, const char*>({{"2017-10-31", 0, "0-30"},
                                                     {"2017-10-01", 30, "0-30"},
                                                     {"2017-09-30", 31, "31-60"},
                                                     {"2017-09-01", 60, "31-60"},
                                                     {"2017-08-31", 61, "61-90"},
                                                     {"2017-08-02", 90, "61-90"},
                                                     {"2017-08-01", 91, "91+"}}));
  const test::MemorySource source({claim("CB-1", date), claim("CB-2", "2017-10-31")});
  const auto replay = replay_of(source);
  const auto rows = rows_by(print_receivables(*replay, "D1").rows, "claim");
  CHECK(rows.at("CB-1").at("age_days").as_int64() == age);
  CHECK(rows.at("CB-1").at("bucket").as_string() == bucket);
}

TEST_CASE("a condition is met, unmet or not asked for, never two of these", "[property]") {
  std::size_t met_count = 0;
  std::size_t unmet_count = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    const auto replay = replay_of(source);
    for (const auto& line : replay->lines()) {
      const Case tested(replay->world(), line.order, line.kind, View{});
      std::set<Condition> unmet;
      for (const auto& one : line.now.unmet) unmet.insert(one.condition);
      for (const auto& one : met_conditions(tested)) {
        CHECK_FALSE(unmet.contains(one.condition));
        ++met_count;
      }
      unmet_count += unmet.size();
    }
  }
  CHECK(met_count > 1000);
  CHECK(unmet_count > 100);
}

TEST_CASE("the desk follows the clock of five working days", "[property]") {
  std::size_t dated = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    const auto replay = replay_of(source);
    for (const auto& [dealer, balance] : balances_of(*replay)) {
      const auto desk = desk_lines(*replay, dealer);
      for (std::size_t at = 0; at < desk.size(); ++at) {
        dated += desk[at].due ? 1U : 0U;
        if (at == 0) continue;
        const bool in_order =
            !desk[at].due || (desk[at - 1].due && *desk[at - 1].due <= *desk[at].due);
        CHECK(in_order);
      }
    }
  }
  CHECK(dated > 20);
}

}  // namespace projections
