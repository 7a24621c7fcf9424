#include "cli/csv/column_map.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/support/tests_dir.h"

using cli::csv::parse_map;

namespace {

constexpr std::string_view right = R"(source = "dms/D01"
[[event]]
type = "settlement.approved"
id = "{单号}/approved"
time = { column = "日期" }
[event.data]
settlement = { column = "单号" }
order = "O1"
kind = { column = "类型", terms = { "标准" = "standard" } }
stage = "final"
amount_fen = { column = "金额", unit = "yuan" }
)";

// The map with `from` replaced by `to`.
std::string altered(std::string_view from, std::string_view to) {
  std::string text(right);
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string sample_map(const std::string& name) {
  std::ifstream file(::test::in_tests("../docs/maps/") + name + ".toml");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string refusal(std::string_view toml) {
  const auto map = parse_map(toml, "m.toml");
  if (map) return "";
  CHECK(map.error().code == ledger::ErrorCode::invalid);
  return map.error().message.en;
}

}  // namespace

TEST_CASE("a map names its columns once each, in the order in which they appear") {
  const auto map = parse_map(right, "m.toml");
  REQUIRE(map);
  REQUIRE(map->columns.size() == 4);
  CHECK(map->columns[0].name == "单号");
  CHECK(map->columns[0].required);
  CHECK_FALSE(map->delimiter);
  CHECK(map->zone == "+08:00");
  REQUIRE(map->events.size() == 1);
  CHECK(map->events[0].fields.size() == 5);
}

TEST_CASE("a map with a fault is refused with its file, line and key") {
  const auto [from, to, why] = GENERATE(table<std::string, std::string, std::string>({
      {"source =", "sauce = 1\nsource =",
       "m.toml:1: `sauce`: got an unknown key, wanted one of delimiter, event, source, time_zone"},
      {"\"settlement.approved\"", "\"settlement.approve\"",
       "m.toml:3: `event[0].type`: got \"settlement.approve\", wanted an event type of the "
       "catalogue (docs/EVENTS.md)"},
      {"stage = \"final\"", "stage = \"last\"",
       "m.toml:10: `event[0].data.stage`: got \"last\", wanted one of interim, final, or a table "
       "that names a `column`"},
      {"stage = \"final\"\n", "",
       "m.toml:6: `event[0].data.stage`: got nothing, wanted this field, which every "
       "settlement.approved has"},
      {"stage = \"final\"", "stage = \"final\"\nreason = \"no\"",
       "m.toml:11: `event[0].data.reason`: got an unknown key, wanted one of amount_fen, kind, "
       "order, settlement, stage"},
      {", unit = \"yuan\"", "",
       "m.toml:11: `event[0].data.amount_fen.unit`: got nothing, wanted this key, which cannot be "
       "left out"},
      {"unit = \"yuan\"", "unit = \"dollar\"",
       "m.toml:11: `event[0].data.amount_fen.unit`: got \"dollar\", wanted one of yuan, wan_yuan, "
       "fen"},
      {"unit = \"yuan\"", "unit = \"yuan\", optional = true",
       "m.toml:11: `event[0].data.amount_fen.optional`: got true, wanted no such key: "
       "`amount_fen` must always be there"},
      {"\"标准\" = \"standard\"", "\"标准\" = \"normal\"",
       "m.toml:9: `event[0].data.kind.terms.标准`: got \"normal\", wanted one of standard, "
       "special, "
       "recognised, delivery_fee, reward, floating_rebate, or a table that names a `column`"},
      {"{单号}/approved", "{单号/approved",
       "m.toml:4: `event[0].id`: got \"{单号/approved\", wanted text with the names of columns in "
       "braces, each pair closed; a brace itself is written twice"},
      {"id = \"{单号}/approved\"\n", "",
       "m.toml:2: `event[0].id`: got nothing, wanted this key, which cannot be left out"},
      {"source = \"dms/D01\"\n", "",
       "m.toml:1: `event[0].source`: got nothing, wanted this key, which cannot be left out"},
      {"time = { column = \"日期\" }\n", "",
       "m.toml:2: `event[0].time`: got nothing, wanted this key, which cannot be left out"},
      {"{ column = \"日期\" }", "{ column = \"日期\", at = \"24:00\" }",
       "m.toml:5: `event[0].time.at`: got \"24:00\", wanted a time of day in quotes, such as "
       "\"09:00\""},
      {"{ column = \"日期\" }", "\"2017-02-30T00:00:00+08:00\"",
       "m.toml:5: `event[0].time`: got \"2017-02-30T00:00:00+08:00\", wanted RFC 3339, such as "
       "2017-03-01T09:00:00+08:00"},
      {"source =", "time_zone = \"Asia/Shanghai\"\nsource =",
       "m.toml:1: `time_zone`: got \"Asia/Shanghai\", wanted an offset from UTC, such as "
       "\"+08:00\""},
      {"source =", "delimiter = \";\"\nsource =",
       "m.toml:1: `delimiter`: got \";\", wanted one of comma, tab"},
      {"{ column = \"单号\" }", "{ column = \" 单号\" }",
       "m.toml:7: `event[0].data.settlement.column`: got \" 单号\", wanted the heading without "
       "white space around it"},
      {"{ column = \"单号\" }", "{ column = \"单号\", unit = \"yuan\" }",
       "m.toml:7: `event[0].data.settlement.unit`: got an unknown key, wanted one of column, "
       "optional, terms"},
      {"[event.data]", "role = \"janitor\"\n[event.data]",
       "m.toml:6: `event[0].role`: got \"janitor\", wanted one of dealer, region, "},
      {"[event.data]", "[event.data", "m.toml:6: got "},
  }));
  CAPTURE(from, to);
  CHECK_THAT(refusal(altered(from, to)), Catch::StartsWith(why));
}

TEST_CASE("every sample map can be read") {
  for (const auto* const name : {"deliveries", "filings", "registrations", "settlements"}) {
    CAPTURE(name);
    CHECK(refusal(sample_map(name)).empty());
  }
}
