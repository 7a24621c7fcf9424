#include "projections/policy/pack.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "tests/projections/policy/packs.h"
#include "tests/support/tests_dir.h"

namespace projections::policy {
namespace {

Pack parsed(const std::string& text) {
  auto pack = parse_pack(text);
  if (!pack) FAIL(pack.error().message.en);
  return *std::move(pack);
}

TEST_CASE("the fleet pack is read whole") {
  const auto pack = parsed(test::shipped("nev-fleet-2017"));
  CHECK(pack.policy == "nev-fleet-2017");
  CHECK(pack.version == 1);
  CHECK(pack.title.zh == "2017年新能源汽车大客户销售政策");
  CHECK(pack.title.en == "2017 new-energy fleet sales policy");
  CHECK(to_string(pack.effective_from) == "2017-01-01");
  CHECK(to_string(pack.effective_to) == "2017-12-31");
  CHECK_FALSE(pack.brand);
  CHECK(pack.commercial() == nullptr);

  REQUIRE(pack.fleet() != nullptr);
  const auto& rules = *pack.fleet();
  CHECK(rules.customer.classes.count() == 5);
  CHECK(rules.filing.protection_months == 3);
  CHECK(rules.filing.progress_day == 1);
  REQUIRE(rules.standard.tiers.size() == 3);
  CHECK(rules.standard.tiers[2].from == 30);
  CHECK(rules.standard.tiers[2].per_vehicle_fen == 600'000);
  CHECK_FALSE(rules.accumulation.affiliates);
  CHECK(rules.accumulation.kinds.empty());
  CHECK(rules.accumulation.window == Window::policy_year);
  CHECK(rules.special.min_quantity == 51);
  CHECK(rules.recognised.approver_roles ==
        std::vector<std::string>{"assistant_sales_gm", "sales_gm", "gm"});
  CHECK(rules.hq_direct.delivery_fee_fen == 300'000);
  CHECK(rules.reward.min_bp == 50);
  CHECK(rules.reward.max_bp == 300);
  CHECK(rules.completeness.registered);
  CHECK(rules.completeness.local_subsidy_applied);
  CHECK(rules.completeness.status_entered);
  CHECK(rules.penalty.complaint_fen == 1'000'000);
  CHECK(rules.penalty.false_claim_min_fen == 500'000);
  CHECK(rules.penalty.false_claim_max_fen == 5'000'000);
  CHECK(rules.service_levels.support_hours == 48);
  CHECK(rules.service_levels.settlement_working_days == 5);
  CHECK(rules.service_levels.status_hours == 24);
}

TEST_CASE("the pack of another brand switches what it does not ask for off") {
  const auto pack = parsed(test::shipped("jlr-fleet"));
  CHECK(pack.brand == "jlr");
  REQUIRE(pack.fleet() != nullptr);
  const auto& rules = *pack.fleet();
  CHECK(rules.customer.classes.contains(CustomerClass::government));
  CHECK(rules.customer.classes.contains(CustomerClass::enterprise));
  CHECK_FALSE(rules.customer.classes.contains(CustomerClass::rental_or_school));
  CHECK_FALSE(rules.customer.classes.contains(CustomerClass::taxi));
  CHECK_FALSE(rules.customer.classes.contains(CustomerClass::recognised));
  CHECK(rules.accumulation.affiliates);
  CHECK(rules.accumulation.kinds.count() == 5);
  CHECK(rules.recognised.approver_roles.empty());
  CHECK_FALSE(rules.completeness.registered);
  CHECK_FALSE(rules.completeness.local_subsidy_applied);
  CHECK_FALSE(rules.completeness.status_entered);
}

TEST_CASE("a pack says who buys for a system, or leaves it at anyone, with owners of class B") {
  const auto pack = parsed(test::shipped("faw-toyota-fleet"));
  REQUIRE(pack.fleet() != nullptr);
  CHECK(pack.fleet()->buyers.system_classes.count() == 2);
  CHECK(pack.fleet()->buyers.system_classes.contains(CustomerClass::government));
  CHECK(pack.fleet()->buyers.system_classes.contains(CustomerClass::enterprise));
  CHECK(pack.fleet()->buyers.other_owners == OtherOwners::class_b);
  const auto without = parsed(test::shipped("nev-fleet-2017"));
  CHECK(without.fleet()->buyers.system_classes.count() == 5);
  CHECK(without.fleet()->buyers.other_owners == OtherOwners::class_b);
}

TEST_CASE("the commercial pack is read whole") {
  const auto pack = parsed(test::shipped("commercial-2018"));
  CHECK(pack.fleet() == nullptr);
  REQUIRE(pack.commercial() != nullptr);
  const auto& rules = *pack.commercial();
  CHECK(rules.bill.max_tenor_months == 6);
  CHECK(rules.bill.short_tenor_months == 3);
  CHECK(rules.bill.max_face_fen == 200'000'000);
  CHECK(rules.bill.max_endorsements == 3);
  CHECK(rules.bill.direct.short_bp == 50);
  CHECK(rules.bill.direct.long_bp == 100);
  CHECK(rules.bill.endorsed.short_bp == 100);
  CHECK(rules.bill.endorsed.long_bp == 200);
  REQUIRE(rules.volume_rebate.tiers.size() == 2);
  CHECK(rules.volume_rebate.tiers[0].from == 10);
  CHECK(rules.volume_rebate.tiers[1].per_vehicle_fen == 80'000);
  CHECK(rules.demo.price_bp == 7'000);
  CHECK(rules.demo.keep_months == 12);
  CHECK(rules.demo.documents_days == 45);
  CHECK(rules.demo.second_after_invoiced == 50);
}

TEST_CASE("each single completeness switch and relation kind is its own") {
  const auto text = test::shipped("jlr-fleet");
  const auto status =
      parsed(test::changed(text, "status_entered = false", "status_entered = true"));
  CHECK(status.fleet()->completeness.status_entered);
  CHECK_FALSE(status.fleet()->completeness.registered);
  CHECK_FALSE(status.fleet()->completeness.local_subsidy_applied);
  const auto registered = parsed(test::changed(text, "registered = false", "registered = true"));
  CHECK(registered.fleet()->completeness.registered);
  CHECK_FALSE(registered.fleet()->completeness.status_entered);
  const auto branch = parsed(
      test::changed(text, R"(["subsidiary", "branch", "rep_office", "shareholder", "employee"])",
                    "[\"branch\"]"));
  CHECK(branch.fleet()->accumulation.kinds.contains(CustomerRelationKind::branch));
  CHECK_FALSE(branch.fleet()->accumulation.kinds.contains(CustomerRelationKind::subsidiary));
  const auto window = parsed(test::changed(text, "\"policy-year\"", "\"agreement\""));
  CHECK(window.fleet()->accumulation.window == Window::agreement);
}

TEST_CASE("a tier holds from its first vehicle to the one before the next tier") {
  const auto pack = parsed(test::shipped("nev-fleet-2017"));
  const auto& tiers = pack.fleet()->standard.tiers;
  CHECK(tier_for(tiers, 0) == nullptr);
  CHECK(tier_for(tiers, -1) == nullptr);
  CHECK(tier_for(tiers, 1)->per_vehicle_fen == 200'000);
  CHECK(tier_for(tiers, 9)->per_vehicle_fen == 200'000);
  CHECK(tier_for(tiers, 10)->per_vehicle_fen == 400'000);
  CHECK(tier_for(tiers, 29)->per_vehicle_fen == 400'000);
  CHECK(tier_for(tiers, 30)->per_vehicle_fen == 600'000);
  CHECK(tier_for(tiers, 1'000'000'000'000)->from == 30);
  CHECK(tier_for({}, 5) == nullptr);
}

TEST_CASE("both ends of the range are covered") {
  const auto pack = parsed(test::shipped("nev-fleet-2017"));
  CHECK(pack.covers(*ledger::parse_date("2017-01-01")));
  CHECK(pack.covers(*ledger::parse_date("2017-12-31")));
  CHECK_FALSE(pack.covers(*ledger::parse_date("2016-12-31")));
  CHECK_FALSE(pack.covers(*ledger::parse_date("2018-01-01")));
}

TEST_CASE("every clause in use has a line in both languages") {
  const auto* const policy = GENERATE("nev-fleet-2017", "jlr-fleet", "faw-toyota-fleet");
  const auto pack = parsed(test::shipped(policy));
  for (const auto* clause :
       {"N2",   "N3",   "N4.1", "N4.2", "N5.1", "N5.2",  "N5.3", "N6.1", "N6.2",
        "N6.3", "N6.4", "N7.1", "N7.2", "N7.3", "N7.4",  "N8.1", "N8.2", "N8.3",
        "N8.4", "N9.1", "N9.2", "N9.3", "N9.4", "N10.1", "N10.4"}) {
    CAPTURE(policy, clause);
    CHECK(pack.clause(clause) != nullptr);
  }
  CHECK(pack.clause("N5") == nullptr);
  const auto commercial = parsed(test::shipped("commercial-2018"));
  for (const auto* clause : {"C2.3", "C-II", "C-III"}) CHECK(commercial.clause(clause) != nullptr);
}

TEST_CASE("clauses and brand may be left out") {
  const auto text = test::shipped("nev-fleet-2017");
  const auto pack = parsed(text.substr(0, text.find("[clauses]")));
  CHECK(pack.clauses.empty());
  CHECK(pack.clause("N5.1") == nullptr);
  const auto branded = parsed("brand = \"other\"\n" + test::shipped("commercial-2018"));
  CHECK(branded.brand == "other");
}

TEST_CASE("every pack in the scenarios is read") {
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(::test::in_tests("scenarios"))) {
    if (file.path().extension() != ".jsonl") continue;
    std::istringstream lines(test::read_file(file.path().string()));
    for (std::string line; std::getline(lines, line);) {
      const auto event = boost::json::parse(line);
      if (event.at("type").as_string() != "policy.published") continue;
      const auto& data = event.at("data");
      CAPTURE(file.path().filename().string());
      const auto pack = parsed(std::string{data.at("document").as_string()});
      CHECK(pack.policy == std::string_view{data.at("policy").as_string()});
      CHECK(pack.version == data.at("version").as_int64());
      ++count;
    }
  }
  CHECK(count == 25);
}

}  // namespace
}  // namespace projections::policy
