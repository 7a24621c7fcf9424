// The read models on the worked examples, against the results worked out by hand and,
// byte by byte, against the naive evaluation.
#include "projections/models.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/naive/evaluate.h"
#include "tests/support/memory_source.h"
#include "tests/support/printed_models.h"
#include "tests/support/scenario.h"

namespace projections {

TEST_CASE("the engine gives the worked examples") {
  for (const auto& path : test::scenarios()) {
    CAPTURE(path.filename().string());
    const auto lines = test::read_lines(path);
    const auto printed = test::print_all(test::MemorySource(lines), Cut{}, 1);
    test::check_expectation(path, printed);

    std::vector<boost::json::object> events;
    events.reserve(lines.size());
    for (const auto& line : lines) events.push_back(boost::json::parse(line).as_object());
    for (const auto& [model, rows] : naive::by_name(naive::evaluate(events, naive::Cut{}))) {
      CAPTURE(model);
      CHECK(printed.at(model) == rows);
    }
  }
}

}  // namespace projections
