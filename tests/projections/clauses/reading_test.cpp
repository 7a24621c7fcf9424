// How the policies are read: G5, G7, G8, G9 and the cuts (docs/POLICY.md), each on both sides.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

using Conditions = std::vector<std::string>;

void reject(FleetHistory& history, const char* when) {
  history.tell("order.support_decided", when,
               {{"order", "O1"},
                {"kind", "standard"},
                {"decision", "rejected"},
                {"approver_role", "fleet_dept"}});
}

}  // namespace

TEST_CASE("G5: what happened before the order counts, however late it was recorded") {
  auto history = fleet_history();
  history.tell("filing.submitted", "2017-02-01",
               {{"filing", "F2"}, {"dealer", "D1"}, {"customer", "C1"}});
  history.order("O1", "2017-03-01", 1, {{"filing", "F2"}});
  history.tell("filing.confirmed", "2017-02-02", {{"filing", "F2"}, {"customer_code", "K"}},
               "2017-12-01");
  CHECK(unmet_of(history, "O1/standard").empty());
}

TEST_CASE(
    "G7: of the versions that hold and were noticed the highest governs, published whenever") {
  auto history = fleet_history();
  for (const int version : {3, 2}) {
    history.publish(
        "nev-fleet-2017", version,
        changed_pack("nev-fleet-2017", "version = 1", "version = " + std::to_string(version)));
    history.tell("policy.notice_delivered", "2017-02-01",
                 {{"policy", "nev-fleet-2017"}, {"version", version}, {"dealer", "D1"}});
  }
  history.order("O1", "2017-03-01", 1);
  CHECK(line_of(history, "O1/standard").at("version") == 3);
}

TEST_CASE("G8: on one day the log decides which is later, not the clock") {
  const auto [rejected, unmet] = GENERATE(table<const char*, Conditions>(
      {{"2017-03-01T09:00:00", {"not_approved"}}, {"2017-02-28T23:59:59", {}}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01T16:00:00", 1);
  reject(history, rejected);
  CHECK(unmet_of(history, "O1/standard") == unmet);
}

TEST_CASE("G9: an order told twice is as its later telling says") {
  const auto [again, replaced] =
      GENERATE(table<const char*, bool>({{"2017-03-01T08:00:00", true}, {"2017-02-28", false}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 60);
  history.bare_order({{"order", "O1"},
                      {"dealer", "D1"},
                      {"customer", "C2"},
                      {"filing", "F1"},
                      {"quantity", 60},
                      {"channel", "dealer"}},
                     again);
  CHECK(line_of(history, "O1/standard").at("customer") == (replaced ? "C2" : "C1"));
}

TEST_CASE("cuts: a day is in its own cut, and a void acts by the log alone") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.deliver("O1", 1, "2017-03-10");
  const auto grant = history.lines().size();
  history.grant("O1", "standard", 100, "2017-04-01T23:59:59");
  const auto granted = [&](const projections::Cut& cut) {
    return fen(row_of(history, "balances", "D1", cut), "granted_fen");
  };
  CHECK(granted(as_of("2017-04-01")) == 100);
  CHECK(granted(as_of("2017-03-31")) == 0);
  history.void_event("e" + std::to_string(grant), "2017-12-01");
  CHECK(granted(as_of("2017-04-01")) == 0);  // known, whatever its date
  CHECK(granted({grant + 1, {}}) == 100);    // not known yet
}

}  // namespace test
