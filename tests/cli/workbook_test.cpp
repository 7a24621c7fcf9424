#include "cli/workbook.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "tests/support/scratch.h"

using namespace cli;

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A part of the archive, by the tool that any system has.
std::string part(const std::string& path, const std::string& name) {
  auto* const pipe = ::popen(("unzip -p '" + path + "' " + name).c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  REQUIRE(::pclose(pipe) == 0);
  return text;
}

// What the cell `name` holds, style and all.
std::string cell(const std::string& sheet, const std::string& name) {
  const auto begin = sheet.find("<c r=\"" + name + "\"");
  if (begin == std::string::npos) return "";
  return sheet.substr(begin, sheet.find('>', sheet.find("</", begin)) + 1 - begin);
}

}  // namespace

TEST_CASE("amounts of up to 15 digits are numbers, greater ones texts") {
  const test::Scratch scratch;
  const auto path = (scratch.path() / "w.xlsx").string();
  const Sheet sheet{"s",
                    {"amount"},
                    {{Fen{0}},
                     {Fen{1}},
                     {Fen{-29}},
                     {Fen{123'456}},
                     {Fen{sheet_number_max}},
                     {Fen{sheet_number_max + 1}},
                     {Fen{-sheet_number_max - 1}},
                     {std::int64_t{sheet_number_max}},
                     {std::int64_t{9'007'199'254'740'993}}}};
  REQUIRE(write_workbook(path, {sheet}, {}));
  const auto cells = part(path, "xl/worksheets/sheet1.xml");
  CHECK_THAT(cell(cells, "A2"), Catch::Contains("<v>0</v>"));
  CHECK_THAT(cell(cells, "A3"), Catch::Contains("<v>0.01</v>"));
  CHECK_THAT(cell(cells, "A4"), Catch::Contains("<v>-0.29</v>"));
  CHECK_THAT(cell(cells, "A5"), Catch::Contains("<v>1234.56</v>"));
  CHECK_THAT(cell(cells, "A6"), Catch::Contains("<v>9999999999999.99</v>"));
  CHECK_THAT(cell(cells, "A7"), Catch::Contains("t=\"s\""));
  CHECK_THAT(cell(cells, "A8"), Catch::Contains("t=\"s\""));
  CHECK_THAT(cell(cells, "A9"), Catch::Contains("<v>999999999999999</v>"));
  CHECK_THAT(cell(cells, "A10"), Catch::Contains("t=\"s\""));
  const auto texts = part(path, "xl/sharedStrings.xml");
  CHECK_THAT(texts, Catch::Contains(">10,000,000,000,000.00<"));
  CHECK_THAT(texts, Catch::Contains(">-10,000,000,000,000.00<"));
  CHECK_THAT(texts, Catch::Contains(">9007199254740993<"));
}

TEST_CASE("days are dates, texts stay texts, and nothing is nothing") {
  const test::Scratch scratch;
  const auto path = (scratch.path() / "w.xlsx").string();
  const auto day = ledger::parse_date("2017-03-05");
  REQUIRE(day);
  const Sheet sheet{"s", {"a", "b", "c"}, {{*day, std::string("=1+1 <&>\n"), std::monostate{}}}};
  REQUIRE(write_workbook(path, {sheet}, *day));
  const auto cells = part(path, "xl/worksheets/sheet1.xml");
  CHECK_THAT(cell(cells, "A2"), Catch::Contains("<v>42799</v>"));
  CHECK_THAT(cell(cells, "B2"), Catch::Contains("t=\"s\""));
  CHECK(cell(cells, "C2").empty());
  CHECK_THAT(part(path, "xl/sharedStrings.xml"), Catch::Contains("=1+1 &lt;&amp;&gt;\\n<"));
}

TEST_CASE("the same sheets and date are the same bytes") {
  const test::Scratch scratch;
  const auto one = (scratch.path() / "1.xlsx").string();
  const auto two = (scratch.path() / "2.xlsx").string();
  const auto three = (scratch.path() / "3.xlsx").string();
  const Sheet sheet{"s", {"a"}, {{std::string(40'000, 'x')}, {Fen{5}}}};
  REQUIRE(write_workbook(one, {sheet, {"t", {"b"}, {}}}, {17'000}));
  REQUIRE(write_workbook(two, {sheet, {"t", {"b"}, {}}}, {17'000}));
  REQUIRE(write_workbook(three, {sheet, {"t", {"b"}, {}}}, {17'001}));
  CHECK(bytes_of(one) == bytes_of(two));
  CHECK(bytes_of(one) != bytes_of(three));
}

TEST_CASE("a workbook that cannot be written says so") {
  const test::Scratch scratch;
  const auto status =
      write_workbook((scratch.path() / "no" / "w.xlsx").string(), {{"s", {"a"}, {}}}, {});
  REQUIRE_FALSE(status);
  CHECK(status.error().code == ledger::ErrorCode::unavailable);
}
