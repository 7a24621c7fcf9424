#include "cli/csv/record.h"

#include <catch2/catch.hpp>

using cli::csv::Record;
using cli::csv::RecordReader;
using Cells = std::vector<std::string>;

namespace {

// All records of lines that are numbered from 1.
std::vector<Record> read(const std::vector<std::string>& lines, char delimiter = ',') {
  RecordReader reader(delimiter);
  std::vector<Record> records;
  std::uint64_t number = 0;
  for (const auto& line : lines) {
    if (auto record = reader.take(++number, line)) records.push_back(*std::move(record));
  }
  if (auto record = reader.finish()) records.push_back(*std::move(record));
  return records;
}

// Of a text of one record: its cells, which have no fault.
Cells cells(const std::vector<std::string>& lines, char delimiter = ',') {
  const auto records = read(lines, delimiter);
  REQUIRE(records.size() == 1);
  REQUIRE_FALSE(records.front().fault);
  return records.front().cells;
}

}  // namespace

TEST_CASE("cells stand between delimiters, quoted or not") {
  CHECK(cells({""}) == Cells{""});
  CHECK(cells({"a"}) == Cells{"a"});
  CHECK(cells({"a,b"}) == Cells{"a", "b"});
  CHECK(cells({",,"}) == Cells{"", "", ""});
  CHECK(cells({R"("a","","b,c")"}) == Cells{"a", "", "b,c"});
  CHECK(cells({R"("say ""yes""","""")"}) == Cells{"say \"yes\"", "\""});
  CHECK(cells({"a\tb,c"}, '\t') == Cells{"a", "b,c"});
  CHECK(cells({"车,\"架、号\""}) == Cells{"车", "架、号"});
}

TEST_CASE("a quoted cell goes on over the ends of lines") {
  const auto records = read({"a,\"b", "", "c\",d", "e"});
  REQUIRE(records.size() == 2);
  CHECK(records[0].line == 1);
  CHECK(records[0].cells == Cells{"a", "b\n\nc", "d"});
  CHECK(records[1].line == 4);
}

TEST_CASE("a quote where none may stand is found at its place") {
  const auto inside = read({"车架,a\"b", "c"});
  REQUIRE(inside[0].fault);
  CHECK(inside[0].fault->line == 1);
  CHECK(inside[0].fault->column == 5);
  CHECK_FALSE(inside[1].fault);

  const auto behind = read({"\"a\" ,b"});
  REQUIRE(behind[0].fault);
  CHECK(behind[0].fault->column == 4);
}

TEST_CASE("a quote that is never closed is found where it was opened") {
  const auto records = read({"a,b", "c,\"d", "e,f"});
  REQUIRE(records.size() == 2);
  REQUIRE(records[1].fault);
  CHECK(records[1].line == 2);
  CHECK(records[1].fault->line == 2);
  CHECK(records[1].fault->column == 3);
}

TEST_CASE("an unclosed quote swallows no more than a row can have") {
  RecordReader reader(',');
  const std::string line(RecordReader::record_bytes_max / 4, 'x');
  CHECK_FALSE(reader.take(1, "\"" + line));
  CHECK_FALSE(reader.take(2, line));
  CHECK_FALSE(reader.take(3, line));
  const auto record = reader.take(4, line);
  REQUIRE(record);
  CHECK(record->fault);
  const auto next = reader.take(5, "a,b");
  REQUIRE(next);
  CHECK(next->cells == Cells{"a", "b"});
  CHECK_FALSE(next->fault);
}

TEST_CASE("a delimiter inside quotes separates nothing") {
  using cli::csv::has_outside_quotes;
  CHECK(has_outside_quotes("a\tb", '\t'));
  CHECK_FALSE(has_outside_quotes("\"a\tb\",c", '\t'));
  CHECK(has_outside_quotes("\"a\"\"\tb\"\tc", '\t'));
  CHECK_FALSE(has_outside_quotes("", '\t'));
}
