// How support is paid and taken back: N9.1 to N9.4, each on both sides of its bound.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

namespace json = boost::json;

// The obligation of this name among those of a history, in the calendar of 2017.
json::object obligation(FleetHistory history, const char* name) {
  history.tell("calendar.published", "2017-01-01",
               {{"year", 2017},
                {"holidays",
                 {"2017-01-27", "2017-01-28", "2017-01-29", "2017-01-30", "2017-01-31",
                  "2017-02-01", "2017-02-02", "2017-10-01", "2017-10-02", "2017-10-03",
                  "2017-10-04", "2017-10-05", "2017-10-06", "2017-10-07", "2017-10-08"}},
                {"workdays", {"2017-01-22", "2017-02-04", "2017-09-30"}}});
  return row_of(history, "obligations", name);
}

json::object answered(const char* requested, const char* recorded) {
  auto history = fleet_history();
  history.order("O1", "2017-01-10", 1);
  history.tell(
      "settlement.requested", requested,
      {{"settlement", "S"}, {"order", "O1"}, {"kind", "standard"}, {"vins", json::array()}});
  history.tell("settlement.refused", requested,
               {{"settlement", "S"}, {"order", "O1"}, {"kind", "standard"}, {"reason", "r"}},
               recorded);
  return obligation(history, "settlement_5wd");
}

std::int64_t entitled_with(const char* without) {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  const auto vin = history.hand_over("O1", "2017-03-02");
  const std::string left_out(without);
  if (left_out != "registration")
    history.tell("vehicle.registered", "2017-03-02",
                 {{"vin", vin}, {"plate", "沪AD12345"}, {"owner", "C"}});
  if (left_out != "subsidy")
    history.tell("subsidy.applied", "2017-03-02",
                 {{"vin", vin},
                  {"programme", left_out == "local" ? "national" : "local"},
                  {"authority", "上海"},
                  {"amount_fen", 1}});
  if (left_out != "status")
    history.tell("order.status_entered", "2017-03-02", {{"order", "O1"}, {"status", "s"}});
  const auto line = line_of(history, "O1/standard");
  CHECK(fen(line, "pending_fen") + fen(line, "entitled_fen") == 200'000);
  return fen(line, "entitled_fen");
}

}  // namespace

TEST_CASE("N9.1: a set-off up to the credit overdraws nothing, a fen more does") {
  const auto [amount, overdrawn] =
      GENERATE(table<std::int64_t, std::int64_t>({{200'000, 0}, {200'001, 1}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.deliver("O1", 1, "2017-03-02");
  history.grant("O1", "standard", 200'000, "2017-04-01");
  history.tell("setoff.applied", "2017-05-01",
               {{"dealer", "D1"}, {"invoice", "I"}, {"amount_fen", amount}});
  history.grant("O1", "standard", 50, "2017-06-01");
  const auto balance = row_of(history, "balances", "D1");
  CHECK(fen(balance, "overdrawn_fen") == overdrawn);
  CHECK(fen(balance, "credit_fen") == 200'050 - amount);
}

TEST_CASE("N9.1: what is claimed after a set-off is a receivable, the set-off stays") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.grant("O1", "standard", 200'000, "2017-04-01");
  history.tell("setoff.applied", "2017-05-01",
               {{"dealer", "D1"}, {"invoice", "I"}, {"amount_fen", 200'000}});
  history.tell("clawback.issued", "2017-06-01",
               {{"clawback", "CB"},
                {"dealer", "D1"},
                {"order", "O1"},
                {"kind", "standard"},
                {"amount_fen", 200'000},
                {"findings", json::array()}});
  const auto balance = row_of(history, "balances", "D1");
  CHECK(fen(balance, "setoff_fen") == 200'000);
  CHECK(fen(balance, "credit_fen") == 0);
  CHECK(fen(balance, "receivable_fen") == 200'000);
  CHECK(fen(balance, "to_claw_back_fen") == 0);
}

TEST_CASE("N9.2: a status entered 24:00:00 hours after delivery is in time, 24:00:01 late") {
  const auto [entered, state] = GENERATE(table<const char*, const char*>(
      {{"2017-03-03T10:00:00", "met"}, {"2017-03-03T10:00:01", "late"}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.hand_over("O1", "2017-03-02T10:00:00");
  history.tell("order.status_entered", "2017-03-02T11:00:00", {{"order", "O1"}, {"status", "s"}},
               entered);
  CHECK(obligation(history, "status_24h").at("state") == state);
}

TEST_CASE("N9.2: without a status entered nothing of the order is settled") {
  CHECK(entitled_with("nothing") == 200'000);
  CHECK(entitled_with("status") == 0);
}

TEST_CASE("N9.3: a project that grows is made up to the tier of its total") {
  const auto [more, due] =
      GENERATE(table<int, std::int64_t>({{1, 9 * 200'000}, {2, 10 * 400'000}, {22, 30 * 600'000}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 30);
  history.deliver("O1", 8, "2017-03-02");
  history.grant("O1", "standard", 8 * 200'000, "2017-03-31");
  CHECK(fen(line_of(history, "O1/standard"), "payable_fen") == 0);
  history.deliver("O1", more, "2017-06-01");
  const auto line = line_of(history, "O1/standard");
  CHECK(fen(line, "entitled_fen") == due);
  CHECK(fen(line, "payable_fen") == due - 8 * 200'000);
}

TEST_CASE("N9.3: own grows over the year's end, prior does not") {
  auto history = fleet_history();
  history.order("O1", "2017-12-01", 12, {{"project", "P"}});
  history.deliver("O1", 12, "2018-02-01");
  CHECK(line_of(history, "O1/standard").at("own") == 12);
  CHECK(line_of(history, "O1/standard").at("prior") == 0);
}

TEST_CASE("N9.4: registration and the local subsidy's application, both, whatever became of it") {
  CHECK(entitled_with("registration") == 0);
  CHECK(entitled_with("subsidy") == 0);
  CHECK(entitled_with("local") == 0);
  CHECK(entitled_with("nothing") == 200'000);
}

TEST_CASE("N9.4: five working days run over the worked Sunday of January 2017") {
  CHECK(answered("2017-01-20", "2017-01-26T23:59:59").at("due") == "2017-01-26");
  CHECK(answered("2017-01-20", "2017-01-26T23:59:59").at("state") == "met");
  CHECK(answered("2017-01-20", "2017-01-27T00:00:00").at("state") == "late");
}

TEST_CASE("N9.4: five working days run over the holidays of October 2017") {
  CHECK(answered("2017-09-29", "2017-10-12").at("due") == "2017-10-12");
  CHECK(answered("2017-09-29", "2017-10-12T23:59:59").at("state") == "met");
  CHECK(answered("2017-09-29", "2017-10-13T00:00:00").at("state") == "late");
}

}  // namespace test
