// The life of an order, a vehicle or a filing: nothing of it is missing, nothing else in it.
#include "projections/trace.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "projections/event_clause.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"
#include "tests/support/tests_dir.h"

namespace projections {
namespace {

namespace json = boost::json;

std::string event(const std::string& id, const std::string& type, const std::string& subject,
                  const std::string& day, const std::string& data) {
  return R"({"specversion":"1.0","id":")" + id + R"(","source":"hq","type":")" + type +
         R"(","subject":")" + subject + R"(","time":")" + day +
         R"(T10:00:00+08:00","recordedtime":")" + day + R"(T11:00:00+08:00","data":)" + data + "}";
}

std::string order(const std::string& id) {
  return event(
      "order-" + id, "order.created", "order/" + id, "2017-03-01",
      R"({"order":")" + id +
          R"(","dealer":"D1","customer":"C1","filing":"F1","quantity":1,"channel":"dealer"})");
}

std::string grant(const std::string& id, const std::string& of, int fen) {
  return event(id, "settlement.approved", "settlement/" + id, "2017-04-01",
               R"({"settlement":")" + id + R"(","order":")" + of +
                   R"(","kind":"standard","stage":"interim","amount_fen":)" + std::to_string(fen) +
                   "}");
}

std::string setoff(const std::string& id, int fen) {
  return event(id, "setoff.applied", "dealer/D1", "2017-05-01",
               R"({"dealer":"D1","invoice":"I","amount_fen":)" + std::to_string(fen) + "}");
}

// The ids of the life, in its order.
std::vector<std::string> life(const EventSource& source, const std::string& name,
                              const Cut& cut = {}) {
  const auto replay = Replay::run(source, cut, 1);
  REQUIRE(replay);
  const auto trace = print_trace(**replay, cut, name);
  REQUIRE(trace);
  std::vector<std::string> ids;
  for (const auto& row : (*trace).rows)
    ids.emplace_back(json::parse(row).as_object().at("id").as_string());
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a set-off belongs to the orders whose grants it spent, first granted first spent") {
  const test::MemorySource source({order("O1"), order("O2"), grant("S1", "O1", 100),
                                   grant("S2", "O2", 100), setoff("X1", 60), setoff("X2", 40),
                                   setoff("X3", 50), setoff("X4", 70), grant("S3", "O1", 20)});
  // X4 takes 20 more than there is, which the next grant makes good.
  CHECK(life(source, "O1") == Ids{"order-O1", "S1", "X1", "X2", "X4", "S3"});
  CHECK(life(source, "O2") == Ids{"order-O2", "S2", "X3", "X4"});
  CHECK(life(source, "F1") ==
        Ids{"order-O1", "order-O2", "S1", "S2", "X1", "X2", "X3", "X4", "S3"});
}

TEST_CASE("a void follows what it voids, and what was voided stays in the life") {
  const test::MemorySource source(
      {order("O1"), grant("S1", "O1", 100),
       event("V1", "event.voided", "event/hq#S1", "2017-04-02",
             R"({"target_source":"hq","target_id":"S1","reason":"r","evidence":[]})"),
       order("O2"),
       event("V2", "event.voided", "event/hq#order-O2", "2017-04-02",
             R"({"target_source":"hq","target_id":"order-O2","reason":"r","evidence":[]})")});
  CHECK(life(source, "O1") == Ids{"order-O1", "S1", "V1"});
  CHECK(life(source, "O1", {std::nullopt, ledger::parse_date("2017-03-31")}) == Ids{"order-O1"});
}

TEST_CASE("what follows from an order belongs to it") {
  const std::string vin = "LFBED21A0HA000001";
  const test::MemorySource source({
      event("filed", "filing.submitted", "filing/F1", "2017-02-01",
            R"({"filing":"F1","dealer":"D1","customer":"C1"})"),
      order("O1"),
      event("alien", "vehicle.delivered", "vehicle/LFBED21A0HA000002", "2017-03-02",
            R"({"vin":"LFBED21A0HA000002","order":"O9","dealer":"D1"})"),
      event("delivered", "vehicle.delivered", "vehicle/" + vin, "2017-03-02",
            R"({"vin":")" + vin + R"(","order":"O1","dealer":"D1"})"),
      event("drawn", "inspection.sample_drawn", "inspection/I1", "2017-05-01",
            R"({"inspection":"I1","seed":1,"orders":["O7","O1"]})"),
      event("raised", "finding.raised", "finding/FD", "2017-05-02",
            R"({"finding":"FD","dealer":"D1","order":"O1","kind":"false_claim","vins":[]})"),
      event("appealed", "appeal.filed", "appeal/A1", "2017-05-03",
            R"({"appeal":"A1","finding":"FD"})"),
      event("warned", "penalty.warned", "penalty/P1", "2017-05-04",
            R"({"penalty":"P1","dealer":"D1","finding":"FD","public":false})"),
      event("fined", "penalty.imposed", "penalty/P2", "2017-05-04",
            R"({"penalty":"P2","dealer":"D1","finding":"FD","amount_fen":1})"),
      event("paid", "penalty.paid", "penalty/P2", "2017-05-05",
            R"({"penalty":"P2","amount_fen":1})"),
      event(
          "claimed", "clawback.issued", "clawback/CB", "2017-05-06",
          R"({"clawback":"CB","dealer":"D1","order":"O1","kind":"standard","amount_fen":1,"findings":[]})"),
      event("recovered", "clawback.recovered", "clawback/CB", "2017-05-07",
            R"({"clawback":"CB","amount_fen":1,"method":"payment"})"),
      event("closed", "project.closed", "project/O1", "2017-06-01", R"({"project":"O1"})"),
  });
  const Ids whole{"filed",  "order-O1", "delivered", "drawn",   "raised",    "appealed",
                  "warned", "fined",    "paid",      "claimed", "recovered", "closed"};
  CHECK(life(source, "O1") == whole);
  CHECK(life(source, vin) == whole);
  CHECK(life(source, "F1") == whole);
}

TEST_CASE("every event of an order's own stream is in its life, in log order, gaps adding up",
          "[property]") {
  std::size_t rows = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 100);
    const test::MemorySource source(lines);
    const auto replay = Replay::run(source, {}, 1);
    REQUIRE(replay);
    const auto& facts = (*replay)->facts();
    for (std::uint32_t number = 0; number < facts.order_names.size(); ++number) {
      const std::string name(facts.order_names[number]);
      const auto trace = print_trace(**replay, {}, name);
      REQUIRE(trace);
      std::set<std::string> ids;
      std::int64_t previous_index = -1;
      std::int64_t gaps = 0;
      std::int64_t first = 0;
      std::int64_t last = 0;
      for (const auto& row : (*trace).rows) {
        const auto object = json::parse(row).as_object();
        const auto index = object.at("index").as_int64();
        CHECK(index > previous_index);
        last = ledger::parse_timestamp(std::string(object.at("time").as_string()))->ns;
        if (previous_index < 0) first = last;
        CHECK(object.contains("gap") == (previous_index >= 0));
        if (previous_index >= 0) gaps += object.at("gap").as_int64();
        previous_index = index;
        ids.emplace(object.at("id").as_string());
        ++rows;
      }
      const auto spread = (last - first) / 1'000'000'000;
      CHECK(std::abs(gaps - spread) <= static_cast<std::int64_t>(ids.size()));
      for (const auto& line : lines) {
        const auto told = json::parse(line).as_object();
        if (told.at("subject").as_string() == "order/" + name)
          CHECK(ids.contains(std::string(told.at("id").as_string())));
      }
    }
  }
  CHECK(rows > 1000);
}

TEST_CASE("who stood in the way of an inspection of the order shows, and nobody else") {
  const auto obstructed = [](const std::string& id, const std::string& inspection,
                             const std::string& dealer) {
    return event(
        id, "inspection.obstructed", "inspection/" + inspection, "2017-05-03",
        R"({"inspection":")" + inspection + R"(","dealer":")" + dealer + R"(","note":"n"})");
  };
  const test::MemorySource source(
      {order("O1"),
       event("drawn", "inspection.sample_drawn", "inspection/I1", "2017-05-01",
             R"({"inspection":"I1","seed":1,"orders":["O1"]})"),
       event("elsewhere", "inspection.sample_drawn", "inspection/I2", "2017-05-01",
             R"({"inspection":"I2","seed":1,"orders":["O9"]})"),
       obstructed("ours", "I1", "D1"), obstructed("other-dealer", "I1", "D2"),
       obstructed("other-inspection", "I2", "D1")});
  CHECK(life(source, "O1") == Ids{"order-O1", "drawn", "ours"});
}

TEST_CASE("every clause that a life names is one of a shipped pack") {
  std::set<std::string> named;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const test::MemorySource source(test::random_history(seed, 100));
    const auto scanned =
        source.scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
          named.emplace(clause_of(entry));
          return ledger::Ok{};
        });
    REQUIRE(scanned);
  }
  named.erase("");
  CHECK(named.size() > 8);
  std::stringstream packs;
  for (const auto* pack : {"nev-fleet-2017.toml", "commercial-2018.toml"})
    packs << std::ifstream(::test::in_tests("../policies/") + pack).rdbuf();
  for (const auto& clause : named) {
    CAPTURE(clause);
    CHECK(packs.str().find("\n\"" + clause + "\" = ") != std::string::npos);
  }
}

TEST_CASE("an unknown name has no life") {
  const test::MemorySource source({order("O1")});
  const auto replay = Replay::run(source, {}, 1);
  REQUIRE(replay);
  const auto trace = print_trace(**replay, {}, "O2");
  REQUIRE_FALSE(trace);
  CHECK(trace.error().code == ledger::ErrorCode::not_found);
}

}  // namespace projections
