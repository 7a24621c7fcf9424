// Every line of the worked examples explains itself: the root is the amount, the children
// add up to it, and the same numbers stand in the read models.
#include "projections/explain.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "projections/models.h"
#include "tests/support/memory_source.h"
#include "tests/support/scenario.h"

namespace projections {
namespace {

namespace json = boost::json;

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
  if (!text) FAIL(text.error().message);
  return json::parse(*text).as_object();
}

}  // namespace

TEST_CASE("every line explains itself by clause and event") {
  for (const auto& path : test::scenarios()) {
    CAPTURE(path.filename().string());
    const test::MemorySource source(test::read_lines(path));
    const auto replay = Replay::run(source, Cut{}, 1);
    REQUIRE(replay);
    const auto entitlements = print_entitlements(**replay);
    REQUIRE(entitlements);
    for (const auto& row : (*entitlements).rows) {
      const auto line = json::parse(row).as_object();
      CAPTURE(row);
      const auto root = explained(**replay, line.at("line").as_string());
      CHECK(root.at("amount_fen") == line.at("entitled_fen"));
      CHECK(root.at("clause") == line.at("clause"));
      check_sums(root);
      if (line.at("kind") == "standard" && line.at("entitled_fen").as_int64() > 0) {
        CHECK_FALSE(root.at("children").as_array().empty());
      }
      CHECK(root.contains("unmet") == !line.at("unmet").as_array().empty());
    }
    const auto clawbacks = print_clawbacks(**replay);
    REQUIRE(clawbacks);
    for (const auto& row : (*clawbacks).rows) {
      const auto line = json::parse(row).as_object();
      const auto root = explained(**replay, line.at("line").as_string());
      if (line.contains("due_fen")) CHECK(root.at("amount_fen") == line.at("due_fen"));
    }
  }
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
