// Every line of the worked examples explains itself: the root is the amount, the children
// add up to it, and the same numbers stand in the read models.
#include "projections/explain.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "projections/models.h"
#include "tests/projections/policy/packs.h"
#include "tests/support/history_count.h"
#include "tests/support/memory_source.h"
#include "tests/support/plain_history.h"
#include "tests/support/random_history.h"
#include "tests/support/scenario.h"

namespace projections {
namespace {

namespace json = boost::json;

// How much was explained.
struct Told {
  std::size_t lines = 0, summands = 0, fines = 0, demos = 0;
};

void check_sums(const json::object& node) {
  const auto& children = node.at("children").as_array();
  if (children.empty()) return;
  std::int64_t sum = 0;
  for (const auto& child : children) {
    sum += child.at("amount_fen").as_int64();
    check_sums(child.as_object());
  }
  CHECK(sum == node.at("amount_fen").as_int64());
}

json::object explained(const Replay& replay, std::string_view line) {
  const auto text = explain(replay, line);
  if (!text) FAIL(text.error().message.en);
  return json::parse(*text).as_object();
}

std::vector<std::string> rows_of(const Replay& replay, ReadModel model) {
  auto printed = print_model(replay, model);
  REQUIRE(printed);
  return std::move((*printed).rows);
}

// A line, which is paid by the vehicle unless it is a reward or a floating rebate.
void check_line(const Replay& replay, const json::object& line, Told& told) {
  const auto root = explained(replay, line.at("line").as_string());
  CHECK(root.at("amount_fen") == line.at("entitled_fen"));
  CHECK(root.at("clause") == line.at("clause"));
  check_sums(root);
  const bool by_vehicle = line.at("kind") != "reward" && line.at("kind") != "floating_rebate";
  const auto& summands = root.at("children").as_array();
  if (by_vehicle && line.at("entitled_fen").as_int64() > 0) CHECK_FALSE(summands.empty());
  if (!by_vehicle) CHECK(summands.empty());
  CHECK(root.contains("unmet") == !line.at("unmet").as_array().empty());
  ++told.lines;
  told.summands += summands.size();
}

void check_explained(const Replay& replay, Told& told) {
  for (const auto& row : rows_of(replay, ReadModel::entitlements)) {
    CAPTURE(row);
    check_line(replay, json::parse(row).as_object(), told);
  }
  for (const auto& row : rows_of(replay, ReadModel::clawbacks)) {
    CAPTURE(row);
    const auto line = json::parse(row).as_object();
    if (!line.contains("due_fen")) continue;
    const auto root = explained(replay, line.at("line").as_string());
    CHECK(root.at("amount_fen") == line.at("due_fen"));
    check_sums(root);
    ++told.fines;
  }
  for (const auto& row : rows_of(replay, ReadModel::demos)) {
    CAPTURE(row);
    const auto demo = json::parse(row).as_object();
    const auto root = explained(replay, std::string(demo.at("vin").as_string()) + "/demo");
    CHECK(root.at("amount_fen") == demo.at("clawback_fen"));
    check_sums(root);
    ++told.demos;
  }
}

}  // namespace

TEST_CASE("every line explains itself by clause and event") {
  Told told;
  for (const auto& path : test::scenarios()) {
    CAPTURE(path.filename().string());
    const test::MemorySource source(test::read_lines(path));
    const auto replay = Replay::run(source, Cut{}, 1);
    REQUIRE(replay);
    check_explained(**replay, told);
  }
  CHECK(told.lines > 20);
  CHECK(told.demos > 0);
}

TEST_CASE("every line of a random history adds up as it explains itself", "[property]") {
  Told told;
  for (unsigned long seed = 0; seed < test::history_count(300); ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 60 + static_cast<int>(seed % 60)));
    for (const auto& cut : {Cut{}, Cut{{}, ledger::parse_date("2017-06-30")}}) {
      const auto replay = Replay::run(source, cut, 1);
      REQUIRE(replay);
      check_explained(**replay, told);
    }
  }
  CHECK(told.lines > 1'000);
  CHECK(told.summands > 500);
  CHECK(told.fines > 100);
  CHECK(told.demos > 50);
}

TEST_CASE("a line, a fine and a demo car stand under the pack that words their clauses") {
  test::FleetHistory history("nev-fleet-2017", policy::test::shipped("nev-fleet-2017"));
  history.publish("commercial-2018", 1, policy::test::shipped("commercial-2018"));
  history.order("O1", "2017-03-01", 1);
  history.order("O2", "2018-03-01", 1);
  history.tell("finding.confirmed", "2017-05-01",
               {{"finding", "X"},
                {"dealer", "D1"},
                {"order", "O1"},
                {"kind", "false_claim"},
                {"scope", "order"},
                {"vins", json::array()}});
  history.tell("penalty.imposed", "2017-06-01",
               {{"penalty", "P"}, {"dealer", "D1"}, {"finding", "X"}, {"amount_fen", 500'000}});
  const std::string vin = "LFBED21A0HA400000";
  history.tell("demo.purchased", "2018-03-01",
               {{"vin", vin}, {"dealer", "D1"}, {"guide_price_fen", 10}, {"price_fen", 7}});
  const test::MemorySource source(history.lines());
  const auto replay = Replay::run(source, Cut{}, 1);
  REQUIRE(replay);
  const auto wording = [&](const std::string& line, const char* clause) {
    const auto* pack = pack_behind(**replay, line);
    return pack != nullptr && pack->clause(clause) != nullptr;
  };
  CHECK(wording("O1/standard", "N5.1"));
  CHECK(wording("P/fine", "N8.4"));
  CHECK(wording(vin + "/demo", "C-III"));
  CHECK(pack_behind(**replay, "O2/standard") == nullptr);  // no policy in 2018
  CHECK(pack_behind(**replay, "O9/standard") == nullptr);
}

TEST_CASE("a line that is not there is an error that says what to do") {
  const test::MemorySource source(test::read_lines(test::scenarios().front()));
  const auto replay = Replay::run(source, Cut{}, 1);
  REQUIRE(replay);
  const auto missing = explain(**replay, "O9/standard");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ledger::ErrorCode::not_found);
}

}  // namespace projections
