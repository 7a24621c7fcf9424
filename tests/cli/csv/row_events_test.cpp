#include "cli/csv/row_events.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace cli::csv;
using cli::Language;
using Cells = std::vector<std::string>;

namespace {

constexpr std::string_view bills = R"(source = "bank/{行号}"
time_zone = "+09:00"
[[event]]
type = "bill.tendered"
id = "{票号}"
when = { column = "票号" }
time = { column = "收票日期", at = "09:30" }
recordedtime = { column = "录入", optional = true }
[event.data]
bill = { column = "票号" }
dealer = { column = "经销商" }
bank = { column = "承兑行" }
local_small_bank = { column = "小银行", optional = true }
face_fen = { column = "票面（万元）", unit = "wan_yuan" }
issued_on = { column = "出票日" }
matures_on = 2017-12-31
endorsements = { column = "背书", separators = ["、"], optional = true }
[[event]]
type = "bill.decided"
id = "{票号}/decided"
when = { column = "结论", equals = ["接受", "拒绝"] }
time = { column = "收票日期", at = "17:00" }
[event.data]
bill = "{票号}"
decision = { column = "结论", terms = { "接受" = "accepted", "拒绝" = "refused" } }
)";

const Cells header{"行号",   "票号",         " 收票日期 ", "录入", "经销商", "承兑行",
                   "小银行", "票面（万元）", "出票日",     "背书", "结论",   "备注"};
const Cells row{"7",  "B-1",  "2017/6/1", "2017/6/1 10:00", "D01",  " 工商银行",
                "否", "12.5", "20170520", "甲、乙",         "接受", ""};

// What a row comes to: its events as they are exported, or why it is refused.
struct Outcome {
  std::vector<boost::json::object> events;
  std::string why;
};

Outcome outcome(const Cells& cells, Language language = Language::english) {
  static const auto map = parse_map(bills, "bills.toml");
  REQUIRE(map);
  RowEvents rows;
  REQUIRE_FALSE(RowEvents::lay(*map, header, language, rows));
  ledger::Encoder encoder;
  ledger::Batch batch;
  Outcome result;
  result.why = rows.encode(cells, encoder, batch).value_or("");
  for (std::size_t at = 0; at < batch.count(); ++at) {
    std::string line;
    const auto entry = ledger::decode({at}, batch.entry(at));
    REQUIRE(entry);
    ledger::append_json(*entry, line);
    result.events.push_back(boost::json::parse(line).as_object());
  }
  return result;
}

Cells with(std::size_t column, std::string cell) {
  auto cells = row;
  cells[column] = std::move(cell);
  return cells;
}

}  // namespace

TEST_CASE("a row becomes its events in the order of the map") {
  const auto [events, why] = outcome(row);
  CHECK(why.empty());
  REQUIRE(events.size() == 2);
  const auto& tendered = events[0];
  CHECK(tendered.at("type") == "bill.tendered");
  CHECK(tendered.at("source") == "bank/7");
  CHECK(tendered.at("id") == "B-1");
  CHECK(tendered.at("subject") == "bill/B-1");
  CHECK(tendered.at("time") == "2017-06-01T09:30:00+09:00");
  CHECK(tendered.at("recordedtime") == "2017-06-01T10:00:00+09:00");
  CHECK(boost::json::serialize(tendered.at("data")) ==
        R"({"bill":"B-1","dealer":"D01","bank":"工商银行","local_small_bank":false,)"
        R"("face_fen":12500000,"issued_on":"2017-05-20","matures_on":"2017-12-31",)"
        R"("endorsements":["甲","乙"]})");
  CHECK(events[1].at("id") == "B-1/decided");
  CHECK(events[1].at("time") == "2017-06-01T17:00:00+09:00");
  CHECK(boost::json::serialize(events[1].at("data")) == R"({"bill":"B-1","decision":"accepted"})");
}

TEST_CASE("an event is left out unless its column says that it happened") {
  CHECK(outcome(with(10, "待定")).events.size() == 1);
  CHECK(outcome(with(10, "")).events.size() == 1);
  CHECK(outcome(with(10, " 拒绝　")).events.size() == 2);
  auto none = with(1, "");
  none[10] = "";
  CHECK(outcome(none).events.empty());
  CHECK(outcome(none).why.empty());
}

TEST_CASE("an optional cell that is empty is absent, a list that must be there is empty") {
  auto cells = with(3, "");
  cells[6] = "";
  cells[9] = " ";
  const auto [events, why] = outcome(cells);
  CHECK(why.empty());
  REQUIRE(events.size() == 2);
  CHECK_FALSE(events[0].contains("recordedtime"));
  const auto& data = events[0].at("data").as_object();
  CHECK_FALSE(data.contains("local_small_bank"));
  CHECK(data.at("endorsements").as_array().empty());
}

TEST_CASE("a refused cell is named by number and heading, with what was wanted") {
  const auto [column, cell, why] = GENERATE(table<std::size_t, std::string, std::string>({
      {7, "0.0000005",
       "column 8 \"票面（万元）\" (bill.tendered data.face_fen): got \"0.0000005\", wanted an "
       "amount "
       "in 10,000 yuan (万元) of 0 or more, at most six decimals, such as 12.3456"},
      {7, "-1",
       "column 8 \"票面（万元）\" (bill.tendered data.face_fen): got \"-1\", wanted an amount in "
       "10,000 yuan (万元) of 0 or more, at most six decimals, such as 12.3456"},
      {7, "１２",
       "column 8 \"票面（万元）\" (bill.tendered data.face_fen): got \"１２\", wanted an amount in "
       "10,000 yuan (万元) of 0 or more, at most six decimals, such as 12.3456; its digits are "
       "full-width, write 123 for １２３"},
      {7, "99999999999",  // the outside form has a limit of its own
       "column 8 \"票面（万元）\" (bill.tendered data.face_fen): got 99999999999000000, wanted an "
       "integer from 0 to 10000000000000"},
      {8, "2017/2/31",
       "column 9 \"出票日\" (bill.tendered data.issued_on): got \"2017/2/31\", wanted a day that "
       "exists, such as 2017/3/5, 2017-03-05, 2017年3月5日 or 20170305"},
      {3, "2017/6/1 24:00",
       "column 4 \"录入\" (bill.tendered recordedtime): got \"2017/6/1 24:00\", wanted a day that "
       "exists, with a time from 0:00 to 23:59:59 or without, such as 2017/3/5 14:02"},
      {6, "无",
       "column 7 \"小银行\" (bill.tendered data.local_small_bank): got \"无\", wanted 是 or 否"},
      {9, "甲、",
       "column 10 \"背书\" (bill.tendered data.endorsements): got \"甲、\", wanted items between "
       "separators, none of them empty"},
      {4, "　",
       "column 5 \"经销商\" (bill.tendered data.dealer): got an empty cell, wanted a value"},
  }));
  CHECK(outcome(with(column, cell)).why == why);
}

TEST_CASE("every refused cell of a row is told, in Chinese as well") {
  auto cells = with(8, "2017/2/31");
  cells[6] = "无";
  CHECK(
      outcome(cells, Language::chinese).why ==
      "第 7 列“小银行”（bill.tendered data.local_small_bank）：得到 \"无\"，应为 是 或 否\n"
      "  第 9 列“出票日”（bill.tendered data.issued_on）：得到 \"2017/2/31\"，应为 存在的日期，如 "
      "2017/3/5、2017-03-05、2017年3月5日 或 20170305");
}

TEST_CASE("a field made of several columns names them all") {
  const auto why = outcome(with(1, std::string(65, 'x'))).why;
  CHECK_THAT(why, Catch::StartsWith("column 2 \"票号\" (bill.tendered id): got \"xxx"));
  CHECK_THAT(outcome(with(0, "a#b")).why,
             Catch::StartsWith("column 1 \"行号\" (bill.tendered source): got \"bank/a#b\""));
}

TEST_CASE("a header line that lacks a column, or has it twice, does not do") {
  const auto map = parse_map(bills, "bills.toml");
  REQUIRE(map);
  RowEvents rows;
  auto lacking = header;
  lacking[7] = "票面";
  CHECK_THAT(RowEvents::lay(*map, lacking, Language::english, rows).value_or(""),
             Catch::EndsWith("wanted among them \"票面（万元）\" (line 14 of the map)"));
  auto twice = header;
  twice[11] = "票号";
  CHECK(RowEvents::lay(*map, twice, Language::english, rows).value_or("") ==
        "got columns 2 and 12 both headed \"票号\", wanted one of each that the map uses");
  auto without_optional = header;
  without_optional[9] = "别的";
  CHECK_FALSE(RowEvents::lay(*map, without_optional, Language::english, rows));
  CHECK(rows.unused() == Cells{"别的", "备注"});
}
