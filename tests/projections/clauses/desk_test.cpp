// The settlement desk before money is paid: what is due when, what a line meets and lacks, and
// what hangs over it.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "projections/closed_projects.h"
#include "projections/settlement_desk.h"
#include "projections/settlement_proposal.h"
#include "tests/projections/clauses/judged.h"
#include "tests/support/memory_source.h"

namespace test {
namespace {

namespace json = boost::json;

std::vector<json::object> desk_of(const FleetHistory& history) {
  const MemorySource source(history.lines());
  const auto replay = projections::Replay::run(source, {}, 1);
  REQUIRE(replay);
  const auto desk = print_settlement_desk(**replay, {}, "D1");
  REQUIRE(desk);
  std::vector<json::object> rows;
  for (const auto& row : (*desk).rows) rows.push_back(json::parse(row).as_object());
  return rows;
}

// `kind what` of everything that hangs over the only line, with its vehicles or amount.
std::vector<std::string> hanging(const FleetHistory& history) {
  const auto desk = desk_of(history);
  REQUIRE(desk.size() == 1);
  std::vector<std::string> all;
  for (const auto& value : desk[0].at("exposure").as_array()) {
    const auto& exposure = value.as_object();
    std::string text(exposure.at("kind").as_string());
    for (const auto* name : {"finding", "document", "reason"}) {
      if (const auto* what = exposure.if_contains(name))
        text += " " + std::string(what->as_string());
    }
    if (const auto* vins = exposure.if_contains("vins"))
      text += " of " + std::to_string(vins->as_array().size());
    if (const auto* amount = exposure.if_contains("amount_fen"))
      text += " " + std::to_string(amount->as_int64());
    all.push_back(text);
  }
  return all;
}

void request(FleetHistory& history, const char* settlement, const char* order, const char* when) {
  history.tell("settlement.requested", when,
               {{"settlement", settlement},
                {"order", order},
                {"kind", "standard"},
                {"vins", json::array()}});
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("desk: requests by their date, then what is payable without one, the answered not") {
  auto history = fleet_history();
  for (const auto* order : {"O1", "O2", "O3", "O4"}) history.order(order, "2017-03-01", 1);
  for (const auto* order : {"O1", "O2", "O3"}) history.deliver(order, 1, "2017-03-02");
  request(history, "S1", "O2", "2017-03-09");
  request(history, "S2", "O3", "2017-03-07");
  request(history, "S3", "O4", "2017-03-08");  // nothing to pay yet
  request(history, "S4", "O1", "2017-03-03");
  history.tell("settlement.refused", "2017-03-04",
               {{"settlement", "S4"}, {"order", "O1"}, {"kind", "standard"}, {"reason", "r"}});
  Texts lines;
  Texts dates;
  for (const auto& row : desk_of(history)) {
    lines.emplace_back(row.at("line").as_string());
    dates.emplace_back(row.contains("due") ? row.at("due").as_string() : "none");
  }
  CHECK(lines == Texts{"O3/standard", "O4/standard", "O2/standard", "O1/standard"});
  CHECK(dates == Texts{"2017-03-14", "2017-03-15", "2017-03-16", "none"});
}

TEST_CASE("desk: the latest unanswered request sets the date") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  request(history, "S1", "O1", "2017-03-06");
  request(history, "S2", "O1", "2017-03-08");
  CHECK(desk_of(history)[0].at("due") == "2017-03-15");
  history.tell("settlement.refused", "2017-03-09",
               {{"settlement", "S2"}, {"order", "O1"}, {"kind", "standard"}, {"reason", "r"}});
  CHECK(desk_of(history)[0].at("due") == "2017-03-13");
}

TEST_CASE("desk: a precondition stands among the met or the unmet, with clause and event") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  request(history, "S1", "O1", "2017-03-06");
  const auto stands_in = [](const json::object& row, const char* side) {
    for (const auto& condition : row.at(side).as_array()) {
      if (condition.at("condition") == "cancelled") return true;
    }
    return false;
  };
  CHECK(stands_in(desk_of(history)[0], "met"));
  history.tell("order.cancelled", "2017-03-07", {{"order", "O1"}, {"reason", "r"}});
  CHECK_FALSE(stands_in(desk_of(history)[0], "met"));
  CHECK(stands_in(desk_of(history)[0], "unmet"));
  CHECK(desk_of(history)[0].at("unmet").as_array()[0].as_object().contains("event"));
}

TEST_CASE("desk: papers that are missing, by vehicle, order and agreement, until they are there") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 2, {{"agreement", "A1"}});
  const auto vin = history.hand_over("O1", "2017-03-02");
  history.hand_over("O1", "2017-03-02");
  request(history, "S1", "O1", "2017-03-06");
  CHECK(hanging(history) ==
        Texts{"missing_document registration of 2", "missing_document local_subsidy of 2",
              "missing_document order_status", "missing_document agreement_scan"});
  history.tell("vehicle.registered", "2017-03-07",
               {{"vin", vin}, {"plate", "沪AD12345"}, {"owner", "C"}});
  history.tell("order.status_entered", "2017-03-07", {{"order", "O1"}, {"status", "s"}});
  history.tell("agreement.uploaded", "2017-03-07",
               {{"agreement", "A1"}, {"scan", some_evidence().front()}});
  CHECK(hanging(history) ==
        Texts{"missing_document registration of 1", "missing_document local_subsidy of 2"});
}

TEST_CASE("desk: an open finding hangs over its order, and what it would take is said") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 2);
  const auto vins = history.deliver("O1", 2, "2017-03-02");
  CHECK(hanging(history).empty());
  history.tell("finding.raised", "2017-03-05",
               {{"finding", "X1"},
                {"dealer", "D1"},
                {"order", "O1"},
                {"kind", "false_claim"},
                {"vins", {vins[0]}}});
  CHECK(hanging(history) == Texts{"open_finding X1", "likely_reversal open_finding 400000"});
  history.tell("finding.dismissed", "2017-03-06", {{"finding", "X1"}, {"reason", "r"}});
  CHECK(hanging(history).empty());
}

TEST_CASE("desk: a confirmation recorded after the order's very second may be taken back") {
  const auto [recorded, likely] = GENERATE(
      table<const char*, bool>({{"2017-03-01T10:00:00", false}, {"2017-03-01T10:00:01", true}}));
  auto history = fleet_history();
  history.tell("filing.submitted", "2017-02-01",
               {{"filing", "F2"}, {"dealer", "D1"}, {"customer", "C1"}});
  history.tell("filing.confirmed", "2017-02-02", {{"filing", "F2"}, {"customer_code", "K"}},
               recorded);
  history.order("O1", "2017-03-01T10:00:00", 1, {{"filing", "F2"}});
  history.deliver("O1", 1, "2017-03-02");
  CHECK(hanging(history) ==
        (likely ? Texts{"likely_reversal backdated_confirmation 200000"} : Texts{}));
}

TEST_CASE("C-III 2.4: what a demo car earned of an order's support hangs over the line") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 3);
  const auto vins = history.deliver("O1", 3, "2017-03-02");
  for (const auto* step : {"demo.applied", "demo.approved"}) {
    history.tell(step, "2017-04-01", {{"vin", vins[0]}, {"dealer", "D1"}, {"ordinal", 1}});
    const bool is_demo = std::string(step) == "demo.approved";
    CHECK(hanging(history) == (is_demo ? Texts{"likely_reversal demo_car of 1 200000"} : Texts{}));
  }
}

TEST_CASE("desk: a proposal approves what is payable and sets off the credit to the fen") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 2);
  history.deliver("O1", 2, "2017-03-02");
  history.grant("O1", "standard", 100'000, "2017-03-10");
  history.tell("setoff.applied", "2017-03-11",
               {{"dealer", "D1"}, {"invoice", "I"}, {"amount_fen", 150'000}});
  const MemorySource source(history.lines());
  const auto replay = projections::Replay::run(source, {}, 1);
  REQUIRE(replay);
  const auto proposal = propose_settlement(**replay, {}, "D1", "I2");
  REQUIRE(proposal);
  CHECK((*proposal).approved_fen == 300'000);
  CHECK((*proposal).setoff_fen == 250'000);  // 100,000 + 300,000 − 150,000
}

TEST_CASE("N9.3: a closed project is made up or paid back") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 2, {{"project", "P1"}});
  history.deliver("O1", 2, "2017-03-02");
  history.grant("O1", "standard", 500'000, "2017-03-10");
  history.order("O2", "2017-03-01", 1, {{"project", "P2"}});
  history.deliver("O2", 1, "2017-03-02");
  history.tell("project.closed", "2017-04-01", {{"project", "P1"}});
  const auto true_ups = [&] {
    const MemorySource source(history.lines());
    const auto replay = projections::Replay::run(source, {}, 1);
    REQUIRE(replay);
    const auto printed = print_true_ups(**replay, {}, "D1");
    REQUIRE(printed);
    std::vector<std::int64_t> amounts;
    for (const auto& row : (*printed).rows)
      amounts.push_back(fen(json::parse(row).as_object(), "true_up_fen"));
    return amounts;
  };
  CHECK(true_ups() == std::vector<std::int64_t>{-100'000});
  history.tell("project.closed", "2017-04-01", {{"project", "P2"}});
  // O2 was ordered before the vehicles of P1 were delivered: one at the first tier.
  CHECK(true_ups() == std::vector<std::int64_t>{-100'000, 200'000});
}

}  // namespace test
