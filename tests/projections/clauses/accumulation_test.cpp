// One support a vehicle, managers, specifications, what adds up: N7.1 to N7.4 and the party of
// J, each on both sides of its bound.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

namespace json = boost::json;

using Conditions = std::vector<std::string>;

// Whether an order is reported for want of a fleet manager.
bool lacks_manager(const FleetHistory& history) {
  const auto printed = judge(history);
  for (const auto& row : printed.at("obligations")) {
    if (row.find("\"fleet_manager\"") != std::string::npos) return true;
  }
  return false;
}

FleetHistory jlr_history() {
  return {"jlr-fleet", shipped_pack("jlr-fleet")};
}

void relate(FleetHistory& history, const std::string& customer, const std::string& related,
            const char* when, const char* kind = "subsidiary",
            const json::array& evidence = some_evidence()) {
  history.tell(
      "customer.relation_asserted", when,
      {{"customer", customer}, {"related", related}, {"kind", kind}, {"evidence", evidence}});
}

// An order of C1 on 2017-03-10 after 3 vehicles were delivered to C2 on 2017-03-01.
std::int64_t prior_with(FleetHistory history) {
  history.order("O1", "2017-02-20", 3, {{"customer", "C2"}});
  history.deliver("O1", 3, "2017-03-01");
  history.order("O2", "2017-03-10T10:00:00", 1);
  return line_of(history, "O2/standard").at("prior").as_int64();
}

}  // namespace

TEST_CASE("N7.1: of two approved kinds the earlier stands and the other fails") {
  const auto [special_on, standing] = GENERATE(table<const char*, const char*>(
      {{"2017-03-01T09:59:59", "special"}, {"2017-03-02T10:00:00", "standard"}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-02T09:00:00", 60);
  history.approve("O1", "special", special_on, 900'000);
  const bool special = std::string(standing) == "special";
  CHECK(unmet_of(history, "O1/special") == (special ? Conditions{} : Conditions{"double_support"}));
  CHECK(unmet_of(history, "O1/standard") ==
        (special ? Conditions{"double_support"} : Conditions{}));
}

TEST_CASE("N7.1: a vehicle delivered on a second order earns on the first alone") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.order("O2", "2017-03-01", 1);
  const auto vin = history.deliver("O1", 1, "2017-03-02").front();
  history.tell("vehicle.delivered", "2017-03-03",
               {{"vin", vin}, {"order", "O2"}, {"dealer", "D1"}});
  history.tell("order.status_entered", "2017-03-03", {{"order", "O2"}, {"status", "s"}});
  CHECK(line_of(history, "O1/standard").at("genuine") == 1);
  CHECK(line_of(history, "O2/standard").at("genuine") == 0);
  // Returned from the first, the second delivery stays a duplicate until a new one.
  history.tell("vehicle.returned", "2017-03-04", {{"vin", vin}, {"order", "O1"}, {"reason", "r"}});
  CHECK(line_of(history, "O2/standard").at("genuine") == 0);
  history.tell("vehicle.delivered", "2017-03-05",
               {{"vin", vin}, {"order", "O2"}, {"dealer", "D1"}});
  CHECK(line_of(history, "O2/standard").at("genuine") == 1);
}

TEST_CASE("N7.2: a manager assigned on the day of the order is there, one of the next day is not") {
  const auto [assigned, reported] = GENERATE(
      table<const char*, bool>({{"2017-03-01T23:59:59", false}, {"2017-03-02T00:00:00", true}}));
  auto history = fleet_history();
  history.tell("dealer.manager_assigned", assigned, {{"dealer", "D1"}, {"person", "王"}});
  history.order("O1", "2017-03-01T09:00:00", 1);
  CHECK(lacks_manager(history) == reported);
}

TEST_CASE("N7.2: a manager removed on the day of the order is gone, another one is enough") {
  const auto [removed, who, reported] =
      GENERATE(table<const char*, const char*, bool>({{"2017-03-01T23:59:59", "王", true},
                                                      {"2017-03-02T00:00:00", "王", false},
                                                      {"2017-03-01T23:59:59", "李", false}}));
  auto history = fleet_history();
  history.tell("dealer.manager_assigned", "2017-01-01", {{"dealer", "D1"}, {"person", "王"}});
  history.tell("dealer.manager_removed", removed, {{"dealer", "D1"}, {"person", who}});
  history.order("O1", "2017-03-01T09:00:00", 1);
  CHECK(lacks_manager(history) == reported);
}

TEST_CASE("N7.3: a special specification is approved before the order's time, not at it") {
  const auto [approved, unmet] = GENERATE(table<const char*, Conditions>(
      {{"2017-03-01T09:59:59", {}}, {"2017-03-01T10:00:00", {"spec_not_approved"}}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01T10:00:00", 1, {{"special_spec", true}});
  history.tell("order.spec_approved", approved, {{"order", "O1"}});
  CHECK(unmet_of(history, "O1/standard") == unmet);
}

TEST_CASE("N7.4: delivered on the day of the next order counts for it, a day later does not") {
  const auto [delivered, prior] =
      GENERATE(table<const char*, int>({{"2017-03-01T23:59:59", 9}, {"2017-03-02T00:00:00", 0}}));
  auto history = fleet_history();
  history.order("O1", "2017-02-01", 9);
  history.deliver("O1", 9, delivered);
  history.order("O2", "2017-03-01T09:00:00", 1);
  CHECK(line_of(history, "O2/standard").at("prior") == prior);
}

TEST_CASE("N7.4: the calendar year of the order is the window, from 1 January on") {
  const auto [delivered, prior] =
      GENERATE(table<const char*, int>({{"2016-12-31T23:59:59", 0}, {"2017-01-01T00:00:00", 4}}));
  auto history = fleet_history();
  history.order("O1", "2016-12-01", 4);
  history.deliver("O1", 4, delivered);
  history.order("O2", "2017-03-01", 1);
  CHECK(line_of(history, "O2/standard").at("prior") == prior);
}

TEST_CASE("N7.4: later deliveries lift later orders, and never an earlier one of another project") {
  auto history = fleet_history();
  history.order("O1", "2017-02-01", 9);
  history.deliver("O1", 9, "2017-02-10");
  history.order("O2", "2017-03-01", 1, {{"project", "P2"}});
  history.deliver("O2", 1, "2017-03-02");
  history.order("O3", "2017-04-01", 1, {{"project", "P3"}});
  history.deliver("O3", 1, "2017-04-02");
  CHECK(fen(line_of(history, "O1/standard"), "entitled_fen") == 9 * 200'000);
  CHECK(fen(line_of(history, "O2/standard"), "entitled_fen") == 200'000);  // 9 before it
  CHECK(fen(line_of(history, "O3/standard"), "entitled_fen") == 400'000);  // 10 before it
}

TEST_CASE("N7.4: special orders add up for others, head office's own sales do not") {
  auto history = fleet_history();
  history.order("O1", "2017-02-01", 60, {{"project", "P1"}});
  history.approve("O1", "special", "2017-01-31", 900'000);
  history.deliver("O1", 3, "2017-02-10");
  history.order("O2", "2017-02-01", 2, {{"channel", "hq_direct"}});
  history.deliver("O2", 2, "2017-02-10");
  history.order("O3", "2017-03-01", 1);
  CHECK(line_of(history, "O3/standard").at("prior") == 3);
}

TEST_CASE("J: relations join from the day they are asserted") {
  auto history = jlr_history();
  const auto [asserted, prior] = GENERATE(
      table<const char*, std::int64_t>({{"2017-03-10T23:59:59", 3}, {"2017-03-11T00:00:00", 0}}));
  relate(history, "C1", "C2", asserted);
  CHECK(prior_with(history) == prior);
}

TEST_CASE("J: a relation that ended on the day of the order joins no longer") {
  auto history = jlr_history();
  const auto [ended, prior] = GENERATE(
      table<const char*, std::int64_t>({{"2017-03-10T23:59:59", 0}, {"2017-03-11T00:00:00", 3}}));
  relate(history, "C1", "C2", "2017-01-10");
  history.tell("customer.relation_ended", ended, {{"customer", "C1"}, {"related", "C2"}});
  CHECK(prior_with(history) == prior);
}

TEST_CASE("J: an end of the other direction ends nothing, and one may be asserted again") {
  auto history = jlr_history();
  relate(history, "C1", "C2", "2017-01-10");
  history.tell("customer.relation_ended", "2017-02-01", {{"customer", "C2"}, {"related", "C1"}});
  CHECK(prior_with(history) == 3);
  history.tell("customer.relation_ended", "2017-02-02", {{"customer", "C1"}, {"related", "C2"}});
  CHECK(prior_with(history) == 0);
  relate(history, "C1", "C2", "2017-02-03", "branch");
  CHECK(prior_with(history) == 3);
}

TEST_CASE("J: every kind of relation joins, with evidence, and over others in between") {
  const auto* const kind =
      GENERATE("subsidiary", "branch", "rep_office", "shareholder", "employee");
  auto direct = jlr_history();
  relate(direct, "C2", "C1", "2017-01-10", kind);
  CHECK(prior_with(direct) == 3);
  auto bare = jlr_history();
  relate(bare, "C2", "C1", "2017-01-10", kind, {});
  CHECK(prior_with(bare) == 0);
  auto chained = jlr_history();
  relate(chained, "C3", "C1", "2017-01-10", kind);
  relate(chained, "C3", "C2", "2017-01-10", kind);
  CHECK(prior_with(chained) == 3);
}

TEST_CASE("J: where the pack joins no affiliates a relation changes nothing") {
  auto history = fleet_history();
  relate(history, "C1", "C2", "2017-01-10");
  CHECK(prior_with(history) == 0);
}

TEST_CASE(
    "J: the first vehicle earns, without registration or subsidy, and no fee or fine is set") {
  auto history = jlr_history();
  history.order("O1", "2017-03-01", 1);
  history.hand_over("O1", "2017-03-02");
  CHECK(fen(line_of(history, "O1/standard"), "entitled_fen") == 1'000'000);
  history.order("O2", "2017-03-01", 1, {{"channel", "hq_direct"}});
  history.hand_over("O2", "2017-03-02");
  CHECK(fen(line_of(history, "O2/delivery_fee"), "entitled_fen") == 0);
}

}  // namespace test
