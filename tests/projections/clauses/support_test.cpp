// What a vehicle earns: N5.1, N5.2, N5.3, each on both sides of its bound.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

using Conditions = std::vector<std::string>;

constexpr std::int64_t yuan = 100;

}  // namespace

TEST_CASE("N5.1: 9 vehicles stand in the first tier and 10 in the second, 29 and 30 likewise") {
  const auto [vehicles, tier, rate] = GENERATE(table<int, int, std::int64_t>(
      {{1, 1, 2'000}, {9, 1, 2'000}, {10, 10, 4'000}, {29, 10, 4'000}, {30, 30, 6'000}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", vehicles);
  history.deliver("O1", vehicles, "2017-03-10");
  const auto line = line_of(history, "O1/standard");
  CHECK(line.at("basis") == vehicles);
  CHECK(line.at("tier") == tier);
  CHECK(fen(line, "rate_fen") == rate * yuan);
  CHECK(fen(line, "entitled_fen") == vehicles * rate * yuan);
}

TEST_CASE("N5.1: below the first tier a vehicle earns nothing, and no tier is named") {
  FleetHistory history("nev-fleet-2017",
                       changed_pack("nev-fleet-2017", "{ from = 1,  per", "{ from = 2,  per"));
  history.order("O1", "2017-03-01", 1);
  history.deliver("O1", 1, "2017-03-10");
  const auto line = line_of(history, "O1/standard");
  CHECK_FALSE(line.contains("tier"));
  CHECK(fen(line, "rate_fen") == 0);
  CHECK(fen(line, "entitled_fen") == 0);
}

TEST_CASE("N5.2: an order of 51 is special, one of 50 is paid as standard") {
  const auto [ordered, unmet, rate] = GENERATE(table<int, Conditions, std::int64_t>(
      {{51, {}, 9'000}, {50, {"below_special_quantity"}, 2'000}}));
  auto history = fleet_history();
  history.bare_order({{"order", "O1"},
                      {"dealer", "D1"},
                      {"customer", "C1"},
                      {"filing", "F1"},
                      {"quantity", ordered},
                      {"channel", "dealer"}},
                     "2017-03-01");
  history.approve("O1", "special", "2017-03-02", 9'000 * yuan);
  history.deliver("O1", 2, "2017-03-10");
  CHECK(unmet_of(history, "O1/special") == unmet);
  const auto line = line_of(history, "O1/special");
  CHECK(line.contains("fallback") == !unmet.empty());
  CHECK(fen(line, "entitled_fen") == 2 * rate * yuan);
}

TEST_CASE("N5.2: what is reduced, returned or found false is no longer ordered") {
  const auto [gone, special] =
      GENERATE(table<const char*, bool>({{"none", true}, {"returned", false}, {"found", false}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 60);
  history.approve("O1", "special", "2017-02-28", 9'000 * yuan);
  history.tell("order.quantity_reduced", "2017-03-05",
               {{"order", "O1"}, {"quantity", 51}, {"reason", "r"}});
  const auto vins = history.deliver("O1", 2, "2017-03-10");
  if (std::string(gone) == "returned")
    history.tell("vehicle.returned", "2017-04-01",
                 {{"vin", vins[0]}, {"order", "O1"}, {"reason", "r"}});
  if (std::string(gone) == "found")
    history.tell("finding.confirmed", "2017-04-01",
                 {{"finding", "X1"},
                  {"dealer", "D1"},
                  {"order", "O1"},
                  {"kind", "false_claim"},
                  {"scope", "vehicle"},
                  {"vins", {vins[0]}}});
  CHECK(unmet_of(history, "O1/special").empty() == special);
}

TEST_CASE("N5.2: a special order counts to no target, and no floating rebate stands beside it") {
  const auto ordered = GENERATE(51, 50);
  const bool special = ordered == 51;
  auto history = fleet_history();
  history.tell("dealer.contract_signed", "2017-01-01",
               {{"dealer", "D1"}, {"year", 2017}, {"target_vehicles", 4}});
  history.order("O1", "2017-03-01", ordered);
  history.approve("O1", "special", "2017-02-28", 9'000 * yuan);
  history.deliver("O1", 2, "2017-03-10");
  history.grant("O1", "floating_rebate", 700, "2017-04-01");
  const auto target = row_of(history, "targets", "D1");
  CHECK(target.at("counted") == (special ? 0 : 2));
  CHECK(target.at("special_excluded") == (special ? 2 : 0));
  CHECK(target.at("attainment_bp") == (special ? 0 : 5'000));
  CHECK(fen(line_of(history, "O1/floating_rebate"), "over_fen") == (special ? 700 : 0));
}

TEST_CASE(
    "N5.3: a recognition dated on the day of the order counts, one of the next day does not") {
  const auto [recognised, unmet] = GENERATE(table<const char*, Conditions>(
      {{"2017-03-01T23:59:59", {}}, {"2017-03-02T00:00:00", {"recognition_incomplete"}}}));
  auto history = fleet_history();
  history.tell("customer.registered", "2017-01-02",
               {{"customer", "C1"}, {"name", "某人"}, {"class", "recognised"}});
  history.tell("customer.recognition_approved", recognised,
               {{"customer", "C1"},
                {"approver_role", "gm"},
                {"rate_fen", 500'000},
                {"pr_confirmed", true},
                {"gm_office_filed", true}});
  history.order("O1", "2017-03-01T09:00:00", 1);
  history.approve("O1", "recognised", "2017-02-28");
  history.deliver("O1", 1, "2017-03-10");
  CHECK(unmet_of(history, "O1/recognised") == unmet);
  CHECK(fen(line_of(history, "O1/recognised"), "entitled_fen") == (unmet.empty() ? 500'000 : 0));
}

TEST_CASE("N5.3: PR, an approver of the list and the GM office, all three") {
  const auto [role, pr, office, met] =
      GENERATE(table<const char*, bool, bool, bool>({{"assistant_sales_gm", true, true, true},
                                                     {"sales_gm", true, true, true},
                                                     {"gm", true, true, true},
                                                     {"region", true, true, false},
                                                     {"gm", false, true, false},
                                                     {"gm", true, false, false}}));
  auto history = fleet_history();
  history.tell("customer.registered", "2017-01-02",
               {{"customer", "C1"}, {"name", "某人"}, {"class", "recognised"}});
  history.tell("customer.recognition_approved", "2017-02-01",
               {{"customer", "C1"},
                {"approver_role", role},
                {"rate_fen", 500'000},
                {"pr_confirmed", pr},
                {"gm_office_filed", office}});
  history.order("O1", "2017-03-01", 1);
  history.approve("O1", "recognised", "2017-02-28");
  CHECK(unmet_of(history, "O1/recognised").empty() == met);
}

TEST_CASE("N5.3: only a customer of the recognised class earns a recognition's rate") {
  auto history = fleet_history();
  history.tell("customer.recognition_approved", "2017-02-01",
               {{"customer", "C1"},
                {"approver_role", "gm"},
                {"rate_fen", 500'000},
                {"pr_confirmed", true},
                {"gm_office_filed", true}});
  history.order("O1", "2017-03-01", 1);
  history.approve("O1", "recognised", "2017-02-28");
  const auto line = line_of(history, "O1/recognised");
  REQUIRE(line.at("unmet").as_array().size() == 1);
  CHECK(line.at("unmet").as_array()[0].at("condition") == "customer_class");
  CHECK(line.at("unmet").as_array()[0].at("clause") == "N5.3");
}

}  // namespace test
