#include "cli/field_difference.h"

#include <catch2/catch.hpp>

#include "cli/line_money.h"

namespace cli {
namespace {

std::vector<std::string> differences(std::string_view expected, std::string_view found) {
  std::vector<std::string> lines;
  const auto all = field_differences(expected, found);
  lines.reserve(all.size());
  for (const auto& one : all) lines.push_back(one.field + " " + one.expected + " " + one.found);
  return lines;
}

}  // namespace

TEST_CASE("fields that differ are named by JSON pointers, in the order of what was expected") {
  CHECK(differences(R"({"a":1,"b":{"c":"x"}})", R"({"b":{"c":"x"},"a":1})").empty());
  CHECK(differences(R"({"a":1,"b":{"c":"x","d":[1,2]},"e":true})",
                    R"({"a":2,"b":{"c":"y","d":[2,1]},"f":false})") ==
        std::vector<std::string>{"/a 1 2", R"(/b/c "x" "y")", "/b/d [1,2] [2,1]", "/e true ",
                                 "/f  false"});
  CHECK(differences(R"({"a/b~c":1})", R"({"a/b~c":"1"})") ==
        std::vector<std::string>{R"(/a~1b~0c 1 "1")"});
}

TEST_CASE("the spread of several states is the widest difference of each line") {
  const MoneyByLine as_signed{{"O1/standard", {100, 80, 0, false}},
                              {"O2/standard", {7, 7, 0, false}}};
  const MoneyByLine as_found{{"O1/standard", {100, 900, 0, false}},
                             {"O2/standard", {7, 7, 0, false}}};
  const MoneyByLine without{{"O2/standard", {7, 7, 0, false}}, {"P1/fine", {5, 0, 0, false}}};
  const auto spread = spread_of({&as_signed, &as_found, &without});
  CHECK(spread.lines == std::vector<std::string>{"O1/standard", "P1/fine"});
  CHECK(spread.fen == 900 + 5);
  CHECK(spread_of({&as_signed, &as_signed}).lines.empty());
}

TEST_CASE(
    "a line that overflows is named and adds nothing; a sum that does not fit is the greatest") {
  const MoneyByLine sound{{"O1/standard", {100, 80, 0, false}}};
  const MoneyByLine overflown{{"O1/standard", {INT64_MAX, 0, 0, true}}};
  const auto spread = spread_of({&sound, &overflown});
  CHECK(spread.lines == std::vector<std::string>{"O1/standard"});
  CHECK(spread.fen == 0);
  const MoneyByLine least{{"A", {INT64_MIN, 0, 0, false}}, {"B", {1, 0, 0, false}}};
  const MoneyByLine most{{"A", {INT64_MAX, 0, 0, false}}, {"B", {2, 0, 0, false}}};
  CHECK(spread_of({&least, &most}).fen == INT64_MAX);
}

}  // namespace cli
