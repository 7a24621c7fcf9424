// The read models on the worked examples, against the results worked out by hand and,
// byte by byte, against the naive evaluation.
#include "projections/models.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/naive/evaluate.h"
#include "tests/support/memory_source.h"
#include "tests/support/scenario.h"

namespace projections {
namespace {

test::PrintedModels print_all(const EventSource& source, const Cut& cut, unsigned threads) {
  const auto replay = Replay::run(source, cut, threads);
  if (!replay) FAIL(replay.error().message);
  test::PrintedModels printed;
  for (const auto model : read_models) {
    auto rows = print_model(**replay, model);
    if (!rows) FAIL(rows.error().message);
    printed[std::string(name_of(model))] = (*rows).rows;
  }
  return printed;
}

}  // namespace

TEST_CASE("the engine gives the worked examples") {
  for (const auto& path : test::scenarios()) {
    CAPTURE(path.filename().string());
    const auto lines = test::read_lines(path);
    const auto printed = print_all(test::MemorySource(lines), Cut{}, 1);
    test::check_expectation(path, printed);

    std::vector<boost::json::object> events;
    for (const auto& line : lines) events.push_back(boost::json::parse(line).as_object());
    for (const auto& [model, rows] : naive::by_name(naive::evaluate(events, naive::Cut{}))) {
      CAPTURE(model);
      CHECK(printed.at(model) == rows);
    }
  }
}

}  // namespace projections
