#include "cli/csv/cell.h"

#include <catch2/catch.hpp>
#include <string>

using namespace cli::csv;

namespace {

// A date as it is printed; `-` for none.
std::string date(std::string_view text) {
  const auto read = read_date(text);
  return read ? ledger::to_string(*read) : "-";
}

std::string date_time(std::string_view text) {
  const auto read = read_date_time(text);
  return read ? ledger::to_string(read->date) + " " + read->time.value_or("-") : "-";
}

std::string amount(std::string_view text, Unit unit) {
  const auto fen = read_amount(text, unit);
  return fen ? std::to_string(*fen) : "-";
}

std::string integer(std::string_view text) {
  const auto number = read_integer(text);
  return number ? std::to_string(*number) : "-";
}

}  // namespace

TEST_CASE("a date is read in each of its spellings, and a day that does not exist in none") {
  for (const auto* const spelled : {"2017/3/5", "2017/03/05", "2017-03-05", "2017-3-5",
                                    "2017年3月5日", "2017年03月05日", "20170305"}) {
    CHECK(date(spelled) == "2017-03-05");
  }
  CHECK(date("2016/2/29") == "2016-02-29");
  for (const auto* const spelled :
       {"2017/2/29", "2017/2/31", "2017年2月30日", "20170229",     "2017/13/1",
        "2017/0/1",  "2017/1/0",  "20170032",      "17/3/5",       "2017/3",
        "2017.3.5",  "2017/3-5",  "2017年3月5",    "3/5/2017",     "2017035",
        "201703051", "42799",     "2017/003/5",    "２０１７/3/5", "2017/3/5日",
        ""}) {
    CAPTURE(spelled);
    CHECK(date(spelled) == "-");
  }
}

TEST_CASE("a spreadsheet's midnight is no part of a date, any other time is not dropped") {
  CHECK(date("2017/3/5 0:00") == "2017-03-05");
  CHECK(date("2017/3/5 00:00:00") == "2017-03-05");
  CHECK(date("2017/3/5 0:01") == "-");
}

TEST_CASE("a time of day ends before 24:00") {
  CHECK(date_time("2017/3/5") == "2017-03-05 -");
  CHECK(date_time("2017/3/5 14:02") == "2017-03-05 14:02:00");
  CHECK(date_time("2017/3/5 9:02:03") == "2017-03-05 09:02:03");
  CHECK(date_time("2017-03-05T14:02:03") == "2017-03-05 14:02:03");
  CHECK(date_time("2017年3月5日 23:59:59") == "2017-03-05 23:59:59");
  CHECK(date_time("20170305 00:00") == "2017-03-05 00:00:00");
  for (const auto* const spelled :
       {"2017/3/5 24:00", "2017/3/5 23:60", "2017/3/5 23:59:60", "2017/3/5 14", "2017/3/5 14:2",
        "2017/3/5 14:02:3", "2017/3/514:02", "2017/3/5 14:02 PM", "2017/3/5 14：02", "14:02"}) {
    CAPTURE(spelled);
    CHECK(date_time(spelled) == "-");
  }
}

TEST_CASE("a month is read in each of its spellings") {
  for (const auto* const spelled : {"2017-03", "2017/3", "2017/03", "2017年3月", "201703"}) {
    CHECK(read_month(spelled) == std::optional<std::string>("2017-03"));
  }
  for (const auto* const spelled :
       {"2017-13", "2017-00", "20173", "2017年3", "2017-03-05", "3月"}) {
    CAPTURE(spelled);
    CHECK_FALSE(read_month(spelled));
  }
}

TEST_CASE("an amount in yuan is exact to the fen, and nothing is rounded") {
  CHECK(amount("0", Unit::yuan) == "0");
  CHECK(amount("0.01", Unit::yuan) == "1");
  CHECK(amount("0.005", Unit::yuan) == "-");
  CHECK(amount("0.010", Unit::yuan) == "1");
  CHECK(amount("1234.5", Unit::yuan) == "123450");
  CHECK(amount("1,234.56", Unit::yuan) == "123456");
  CHECK(amount("￥1,234,567.89", Unit::yuan) == "123456789");
  CHECK(amount("¥ 12元", Unit::yuan) == "1200");
  CHECK(amount("0.1", Unit::yuan) == "10");
  CHECK(amount("0.29", Unit::yuan) == "29");                             // 28.999… as a double
  CHECK(amount("90071992547409.93", Unit::yuan) == "9007199254740993");  // 2^53 + 1
  CHECK(amount("92233720368547758.07", Unit::yuan) == "9223372036854775807");
  CHECK(amount("92233720368547758.08", Unit::yuan) == "-");
}

TEST_CASE("an amount in 10,000 yuan has six decimals") {
  CHECK(amount("1.23456", Unit::wan_yuan) == "1234560");
  CHECK(amount("1.23456万元", Unit::wan_yuan) == "1234560");
  CHECK(amount("1.23456万", Unit::wan_yuan) == "1234560");
  CHECK(amount("0.000001", Unit::wan_yuan) == "1");
  CHECK(amount("0.0000005", Unit::wan_yuan) == "-");
  CHECK(amount("1.2345678", Unit::wan_yuan) == "-");
  CHECK(amount("1,000", Unit::wan_yuan) == "1000000000");
}

TEST_CASE("an amount in fen is whole") {
  CHECK(amount("123", Unit::fen) == "123");
  CHECK(amount("123分", Unit::fen) == "123");
  CHECK(amount("123.0", Unit::fen) == "123");
  CHECK(amount("123.5", Unit::fen) == "-");
}

TEST_CASE("what is no plain amount of the stated unit is refused") {
  for (const auto* const spelled :
       {"-1",     "(1)", "1,23", "1,2345", "12,34,567", ",123",   "1,",  "1,234,",
        "1.2.3",  ".5",  "5.",   "1e3",    "1 234",     "１２３", "1万", "3万元",
        "1，234", "",    "元",   "￥",     "$5",        "+5",     "一百"}) {
    CAPTURE(spelled);
    CHECK(amount(spelled, Unit::yuan) == "-");
  }
  CHECK(amount("12元", Unit::wan_yuan) == "-");
  CHECK(amount("12元", Unit::fen) == "-");
}

TEST_CASE("whole numbers have a sign in front and commas between thousands only") {
  CHECK(integer("0") == "0");
  CHECK(integer("007") == "7");
  CHECK(integer("1,234") == "1234");
  CHECK(integer("-5") == "-5");
  CHECK(integer("9223372036854775807") == "9223372036854775807");
  for (const auto* const spelled :
       {"9223372036854775808", "1.0", "1,23", "--5", "- 5", "５", "12台", "", "-", "0x10"}) {
    CAPTURE(spelled);
    CHECK(integer(spelled) == "-");
  }
}

TEST_CASE("full-width digits are found, so that the refusal can say so") {
  CHECK(has_full_width_digit("１"));
  CHECK(has_full_width_digit("2017/３/5"));
  CHECK_FALSE(has_full_width_digit("123"));
  CHECK_FALSE(has_full_width_digit("：，ＡＢ"));
}

TEST_CASE("是 and 否 are the two truths") {
  CHECK(read_truth("是") == std::optional(true));
  CHECK(read_truth("否") == std::optional(false));
  for (const auto* const spelled : {"", "yes", "true", "1", "是的", "√"})
    CHECK_FALSE(read_truth(spelled));
}

TEST_CASE("a list is split at any of its separators and has no empty item") {
  const std::vector<std::string> separators{"、", ";", ","};
  using List = std::vector<std::string>;
  CHECK(read_list("A", separators) == std::optional(List{"A"}));
  CHECK(read_list("A、B;C, D", separators) == std::optional(List{"A", "B", "C", "D"}));
  CHECK(read_list("A;;B", {";", ";;"}) == std::optional(List{"A", "B"}));
  for (const auto* const spelled : {"A、", "、A", "A,,B", "A, ,B", ""}) {
    CAPTURE(spelled);
    CHECK_FALSE(read_list(spelled, separators));
  }
}

TEST_CASE("the space that spreadsheets leave is no part of a cell") {
  CHECK(trimmed(" \t\u3000A B\u00a0\r\n") == "A B");
  CHECK(trimmed("\u3000").empty());
  CHECK(trimmed("中").size() == 3);
}
