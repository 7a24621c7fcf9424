// Whom the fleet policy is for: N2, N3, N4.1, N4.2, N10.1, each on both sides of its bound.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

using Conditions = std::vector<std::string>;

// An order of dealer D3, who comes to be authorised on this day.
Conditions ordered_by_new_dealer(const char* authorised, const char* ordered) {
  auto history = fleet_history();
  history.tell("dealer.authorised", authorised,
               {{"dealer", "D3"}, {"name", "D3"}, {"region", "华东"}, {"level", 1}});
  history.tell("filing.reassigned", "2017-01-05", {{"filing", "F1"}, {"to_dealer", "D3"}});
  history.order("O1", ordered, 1, {{"dealer", "D3"}});
  return unmet_of(history, "O1/standard");
}

Conditions ordered_on(const char* day) {
  auto history = fleet_history();
  history.tell("filing.confirmed", "2016-01-05", {{"filing", "F1"}, {"customer_code", "K1"}});
  history.order("O1", day, 1);
  return unmet_of(history, "O1/standard");
}

Conditions bought_by(const std::string& policy, const char* customer_class) {
  FleetHistory history(policy, shipped_pack(policy));
  history.tell("customer.registered", "2017-06-01",
               {{"customer", "C1"}, {"name", "某公司"}, {"class", customer_class}});
  history.order("O1", "2017-03-01", 1);
  return unmet_of(history, "O1/standard");
}

}  // namespace

TEST_CASE("N2: a dealer authorised on the day of the order is in time, a day later is not") {
  CHECK(ordered_by_new_dealer("2017-03-01T23:00:00", "2017-03-01T09:00:00").empty());
  CHECK(ordered_by_new_dealer("2017-03-02T00:00:00", "2017-03-01T09:00:00") ==
        Conditions{"dealer_not_authorised"});
}

TEST_CASE("N2: a dealer suspended on the day of the order is out, a day later is not") {
  const auto [suspended, unmet] = GENERATE(table<const char*, Conditions>(
      {{"2017-03-01T23:59:59", {"dealer_not_authorised"}}, {"2017-03-02T00:00:00", {}}}));
  auto history = fleet_history();
  history.tell("dealer.suspended", suspended, {{"dealer", "D1"}, {"reason", "r"}});
  history.order("O1", "2017-03-01T09:00:00", 1);
  CHECK(unmet_of(history, "O1/standard") == unmet);
}

TEST_CASE("N2: authorised again after a suspension, a dealer may sell") {
  auto history = fleet_history();
  history.tell("dealer.suspended", "2017-02-01", {{"dealer", "D1"}, {"reason", "r"}});
  history.tell("dealer.authorised", "2017-03-01",
               {{"dealer", "D1"}, {"name", "D1"}, {"region", "华东"}, {"level", 1}});
  history.order("O1", "2017-03-01", 1);
  CHECK(unmet_of(history, "O1/standard").empty());
}

TEST_CASE("N3: the first and the last day of the policy are in it, the days beside them are not") {
  CHECK(ordered_on("2017-01-01T00:00:00").empty());
  CHECK(ordered_on("2017-12-31T23:59:59").empty());
  CHECK(ordered_on("2016-12-31T23:59:59") == Conditions{"no_policy"});
  CHECK(ordered_on("2018-01-01T00:00:00") == Conditions{"no_policy"});
}

TEST_CASE("N3: the day of the approval decides, not the day of the order") {
  auto history = fleet_history();
  history.tell("filing.confirmed", "2016-01-05", {{"filing", "F1"}, {"customer_code", "K1"}});
  history.order("O1", "2017-12-31", 1);
  history.approve("O1", "standard", "2018-01-01");
  CHECK(unmet_of(history, "O1/standard") == Conditions{"no_policy"});
}

TEST_CASE("N4.1: a dealer is no customer, known by its credit code") {
  const auto [code, unmet] = GENERATE(table<const char*, Conditions>(
      {{"91110000600037341L", {"dealer_is_customer"}}, {"913101155887021336", {}}}));
  auto history = fleet_history();
  history.tell("dealer.authorised", "2017-09-01",
               {{"dealer", "D2"},
                {"name", "D2"},
                {"region", "华东"},
                {"level", 2},
                {"uscc", "91110000600037341L"}});
  history.tell("customer.registered", "2017-01-02",
               {{"customer", "C1"}, {"name", "某公司"}, {"class", "enterprise"}, {"uscc", code}});
  history.order("O1", "2017-03-01", 1);
  CHECK(unmet_of(history, "O1/standard") == unmet);
}

TEST_CASE("N4.2: every class that the policy lists earns support, another does not") {
  for (const auto* listed :
       {"government", "enterprise", "rental_or_school", "taxi", "recognised"}) {
    CAPTURE(listed);
    CHECK(bought_by("nev-fleet-2017", listed).empty());
  }
  CHECK(bought_by("jlr-fleet", "government").empty());
  CHECK(bought_by("jlr-fleet", "taxi") == Conditions{"customer_class"});
}

TEST_CASE("N4.2: a customer who is not registered has no class, whenever it registers it has") {
  auto history = fleet_history();
  history.tell("filing.submitted", "2017-01-05",
               {{"filing", "F3"}, {"dealer", "D1"}, {"customer", "C3"}});
  history.tell("filing.confirmed", "2017-01-06", {{"filing", "F3"}, {"customer_code", "K3"}});
  history.order("O1", "2017-03-01", 1, {{"customer", "C3"}, {"filing", "F3"}});
  CHECK(unmet_of(history, "O1/standard") == Conditions{"customer_class"});
  history.tell("customer.registered", "2017-12-01",
               {{"customer", "C3"}, {"name", "某公司"}, {"class", "taxi"}});
  CHECK(unmet_of(history, "O1/standard").empty());
}

TEST_CASE("N10.1: a notice on the very day binds, a day later the older version holds") {
  const auto [noticed, version] =
      GENERATE(table<const char*, int>({{"2017-03-01T23:59:59", 2}, {"2017-03-02T00:00:00", 1}}));
  auto history = fleet_history();
  history.publish("nev-fleet-2017", 2,
                  changed_pack("nev-fleet-2017", "version = 1", "version = 2"));
  history.tell("policy.notice_delivered", noticed,
               {{"policy", "nev-fleet-2017"}, {"version", 2}, {"dealer", "D1"}});
  history.order("O1", "2017-03-01T09:00:00", 1);
  CHECK(line_of(history, "O1/standard").at("version") == version);
}

TEST_CASE("N10.1: a notice to another dealer, or of another version, binds nobody") {
  const auto [dealer, of] = GENERATE(table<const char*, int>({{"D2", 2}, {"D1", 3}}));
  auto history = fleet_history();
  history.publish("nev-fleet-2017", 2,
                  changed_pack("nev-fleet-2017", "version = 1", "version = 2"));
  history.tell("policy.notice_delivered", "2017-02-01",
               {{"policy", "nev-fleet-2017"}, {"version", of}, {"dealer", dealer}});
  history.order("O1", "2017-03-01", 1);
  CHECK(line_of(history, "O1/standard").at("version") == 1);
}

}  // namespace test
