// The worked examples of policy.md by the naive evaluation: what the engine is held
// against must itself give the results worked out by hand.
#include "tests/support/scenario.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/naive/evaluate.h"

namespace naive {

TEST_CASE("the naive evaluation gives the worked examples", "[naive]") {
  REQUIRE(test::scenarios().size() >= 21);
  for (const auto& path : test::scenarios()) {
    CAPTURE(path.filename().string());
    std::vector<boost::json::object> events;
    const auto lines = test::read_lines(path);
    events.reserve(lines.size());
    for (const auto& line : lines) {
      events.push_back(boost::json::parse(line).as_object());
    }
    test::check_expectation(path, by_name(evaluate(events, Cut{})));
  }
}

}  // namespace naive
