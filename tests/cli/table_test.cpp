#include "cli/table.h"

#include <array>
#include <catch2/catch.hpp>

#include "cli/display_width.h"
#include "cli/row_table.h"

using cli::display_width;
using cli::Language;
using cli::row_table;
using cli::Table;

TEST_CASE("Chinese characters take two columns, accents none") {
  CHECK(display_width("") == 0);
  CHECK(display_width("O1/standard") == 11);
  CHECK(display_width("经销商") == 6);
  CHECK(display_width("D01店") == 5);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("–") == 1);
}

TEST_CASE("a text is cut where the terminal would cut it") {
  CHECK(cli::shorten("short", 5) == "short");
  CHECK(cli::shorten("longer", 5) == "long…");
  CHECK(cli::shorten("上海申沃", 5) == "上海…");
  CHECK(cli::shorten("上海申沃", 8) == "上海申沃");
}

TEST_CASE("columns align by what is shown, not by bytes") {
  Table table;
  table.add_column("经销商", Table::Align::left);
  table.add_column("应得", Table::Align::right);
  table.add_row({"D01", "16,000.00"});
  table.add_row({"上海申沃", "0.00"});
  CHECK(table.print() ==
        "经销商         应得\n"
        "D01       16,000.00\n"
        "上海申沃       0.00\n");
}

TEST_CASE("rows become a table of the columns that some row has, amounts in yuan") {
  constexpr std::array<std::string_view, 5> keys{"line", "customer", "rate_fen", "entitled_fen",
                                                 "unmet"};
  const std::vector<std::string> rows{
      R"({"line":"O1/standard","rate_fen":200000,"entitled_fen":1600000,"unmet":[]})",
      R"({"line":"O2/standard","entitled_fen":0,"unmet":[{"clause":"N6.2","condition":"not_filed"},)"
      R"({"condition":"cancelled"}]})"};
  CHECK(row_table(rows, keys, Language::english) ==
        "line             rate   entitled  unmet\n"
        "O1/standard  2,000.00  16,000.00\n"
        "O2/standard                 0.00  not_filed (N6.2), cancelled\n");
  CHECK(row_table({}, keys, Language::chinese).empty());
}
