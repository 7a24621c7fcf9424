// A finding is never to anybody's advantage on the lines that are paid by the vehicle or by its
// price. Two kinds are left out for a reason: a `special` line whose quantity a finding brings
// below the least is paid by the standard table, which may be dearer (policy.md 4, "a finding can
// raise an entitlement"); and a `floating_rebate` is 0 only while the special line of its order
// is in force, which the same finding ends.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "projections/amounts.h"
#include "tests/support/dice.h"
#include "tests/support/history_count.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Lines = std::vector<std::string>;

// Orders and vehicles that a history names.
struct Named {
  std::vector<std::string> orders, vins;
};

Named named_in(const Lines& lines) {
  std::set<std::string> orders, vins;
  for (const auto& line : lines) {
    const auto event = json::parse(line).as_object();
    const auto& data = event.at("data").as_object();
    const auto note = [&](const char* key, std::set<std::string>& names) {
      if (const auto* name = data.if_contains(key)) names.emplace(name->as_string());
    };
    note("order", orders);
    note("vin", vins);
  }
  return {{orders.begin(), orders.end()}, {vins.begin(), vins.end()}};
}

// A finding that is new, of any kind and scope, on any order and up to four vehicles.
std::string any_finding(const Named& named, test::Dice& dice, const char* type) {
  json::array vins;
  for (int count = dice.below(5); count > 0; --count) vins.emplace_back(dice.pick(named.vins));
  json::object data = {{"finding", "FD-new"},
                       {"dealer", "D1"},
                       {"order", dice.pick(named.orders)},
                       {"kind", dice.percent(70) ? "false_claim" : "ineligible"},
                       {"vins", vins}};
  const bool confirmed = type == std::string("finding.confirmed");
  if (confirmed) data["scope"] = dice.percent(40) ? "order" : "vehicle";
  const std::string day = dice.pick({"2016-12-01", "2017-05-05", "2018-06-01"});
  const auto time = day + "T10:00:00+08:00";
  return json::serialize(json::object{{"specversion", "1.0"},
                                      {"id", "finding-1"},
                                      {"source", "hq/inspection"},
                                      {"type", type},
                                      {"subject", "finding/FD-new"},
                                      {"time", time},
                                      {"recordedtime", time},
                                      {"data", std::move(data)}});
}

std::map<std::string, std::int64_t> entitled(const Lines& lines) {
  const test::MemorySource source(lines);
  const auto replay = Replay::run(source, Cut{}, 1);
  REQUIRE(replay);
  std::map<std::string, std::int64_t> by_line;
  for (const auto& amount : amounts_of(**replay).lines) {
    if (amount.entitled_fen) by_line[amount.line] = *amount.entitled_fen;
  }
  return by_line;
}

}  // namespace

TEST_CASE("a finding never raises a line paid by the vehicle or by its price", "[property]") {
  std::map<std::string, std::size_t> lowered, raised;  // by kind
  for (unsigned long seed = 0; seed < test::history_count(400); ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    auto lines = test::random_history(seed, 60 + static_cast<int>(seed % 60));
    const auto named = named_in(lines);
    const auto before = entitled(lines);
    for (int round = 0; round < 4; ++round) {
      auto found = lines;
      const auto place = dice.below(static_cast<int>(lines.size()) + 1);
      found.insert(found.begin() + place, any_finding(named, dice, "finding.confirmed"));
      CAPTURE(found[static_cast<std::size_t>(place)]);
      const auto after = entitled(found);
      REQUIRE(after.size() == before.size());
      for (const auto& [line, amount] : before) {
        CAPTURE(line, amount, after.at(line));
        const auto kind = line.substr(line.rfind('/') + 1);
        if (after.at(line) < amount) ++lowered[kind];
        if (after.at(line) > amount) ++raised[kind];
        if (kind != "special" && kind != "floating_rebate") CHECK(after.at(line) <= amount);
      }
    }
    // Raised and not yet confirmed, it moves nothing at all.
    lines.push_back(any_finding(named, dice, "finding.raised"));
    CHECK(entitled(lines) == before);
  }
  for (const auto* kind : {"standard", "recognised", "delivery_fee", "reward", "special"}) {
    CAPTURE(kind);
    CHECK(lowered[kind] > 0);
  }
  // Why the two kinds are left out.
  CHECK(raised["special"] > 0);
  CHECK(raised["floating_rebate"] > 0);
}

}  // namespace projections
