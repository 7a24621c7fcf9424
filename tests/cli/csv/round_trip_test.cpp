// CSV → events → JSON Lines gives what was put in, however it was written down.
#include <boost/json.hpp>
#include <boost/locale/encoding.hpp>
#include <catch2/catch.hpp>

#include "cli/csv/column_map.h"
#include "cli/csv/encoding.h"
#include "cli/csv/record.h"
#include "cli/csv/row_events.h"
#include "ledger/codec.h"
#include "tests/support/dice.h"

using namespace cli::csv;

namespace {

constexpr std::string_view map_toml = R"(source = "s"
[[event]]
type = "bill.tendered"
id = "{票号}"
time = { column = "时间" }
[event.data]
bill = { column = "票号" }
dealer = { column = "经销商" }
bank = { column = "银行" }
local_small_bank = { column = "小银行", optional = true }
face_fen = { column = "票面", unit = "yuan" }
issued_on = { column = "出票日" }
matures_on = { column = "到期日" }
endorsements = { column = "背书", separators = ["、"], optional = true }
)";

const std::vector<std::string> header{"票号", "时间",   "经销商", "银行", "小银行",
                                      "票面", "出票日", "到期日", "背书"};

using test::Dice;

std::string two(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// A text that trouble is made of, without white space around it.
std::string text(Dice& dice) {
  std::string made = dice.pick({"a", "车", "\U00020000", "'"});
  for (int more = dice.below(6); more > 0; --more) {
    made +=
        dice.pick({",", "\"", "\t", "\n", " ", "，", "架号", "￥", "{", "\\", "=1+1", ";", "é"});
  }
  return made + dice.pick({"z", "号", "\"", "."});
}

// A day as the outside form has it, and as somebody writes it.
struct Day {
  std::string stated, written;
};

Day day(Dice& dice) {
  const int year = dice.between(1990, 2100);
  const int month = dice.between(1, 12);
  const int date = dice.between(1, 28);
  const auto y = std::to_string(year);
  const auto m = std::to_string(month);
  const auto d = std::to_string(date);
  const auto stated = y + "-" + two(month) + "-" + two(date);
  return {stated, dice.pick({(y + "/" + m + "/" + d).c_str(), stated.c_str(),
                             (y + "年" + m + "月" + d + "日").c_str(),
                             (y + two(month) + two(date)).c_str()})};
}

std::string amount(Dice& dice, std::int64_t fen) {
  auto whole = std::to_string(fen / 100);
  if (dice.percent(50)) {
    for (auto at = static_cast<int>(whole.size()) - 3; at > 0; at -= 3) {
      whole.insert(static_cast<std::size_t>(at), ",");
    }
  }
  return dice.pick({"", "￥", "¥"}) + whole + "." + two(static_cast<int>(fen % 100)) +
         dice.pick({"", "0", "元", " 元"});
}

// What is put in, and the row that says so.
struct Sample {
  std::string data, time;  // as the ledger must export them
  std::vector<std::string> cells;
};

Sample sample(Dice& dice, int number) {
  const auto quoted = [](const std::string& plain) {
    return boost::json::serialize(boost::json::string(plain));
  };
  const auto bill = "B-" + std::to_string(number);
  const auto bank = text(dice);
  const std::int64_t fen = dice.percent(10) ? 10'000'000'000'000 : dice.below(1'000'000'000);
  const auto happened = day(dice), issued = day(dice), matures = day(dice);
  const int small = dice.below(3);
  std::string endorsers, endorsements;
  for (int left = dice.below(4); left > 0; --left) {
    const auto endorser = text(dice);
    endorsers += (endorsers.empty() ? "" : "、") + endorser;
    endorsements += (endorsements.empty() ? "" : ",") + quoted(endorser);
  }
  const auto minute = two(dice.below(24)) + ":" + two(dice.below(60));
  Sample made;
  made.time = happened.stated + "T" + minute + ":00+08:00";
  made.data = R"({"bill":")" + bill + R"(","dealer":"D01","bank":)" + quoted(bank) +
              (small == 0   ? ""
               : small == 1 ? R"(,"local_small_bank":true)"
                            : R"(,"local_small_bank":false)") +
              R"(,"face_fen":)" + std::to_string(fen) + R"(,"issued_on":")" + issued.stated +
              R"(","matures_on":")" + matures.stated + R"(","endorsements":[)" + endorsements +
              "]}";
  made.cells = {bill,
                happened.written + " " + minute,
                "D01",
                bank,
                small == 0   ? ""
                : small == 1 ? "是"
                             : "否",
                amount(dice, fen),
                issued.written,
                matures.written,
                endorsers};
  return made;
}

// One row as a program might write it: quoted where it must be, or for no reason.
std::string written(const std::vector<std::string>& cells, char delimiter, Dice& dice) {
  std::string line;
  for (const auto& cell : cells) {
    if (&cell != &cells.front()) line += delimiter;
    const bool must = cell.find_first_of(std::string("\"\n") + delimiter) != std::string::npos;
    if (!must && dice.percent(60)) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  return line;
}

}  // namespace

TEST_CASE("what is put into a file comes out of the ledger", "[property]") {
  const auto seed = GENERATE(take(150, random(0, 1'000'000)));
  CAPTURE(seed);
  Dice dice(static_cast<std::uint64_t>(seed));
  const auto map = parse_map(map_toml, "m.toml");
  REQUIRE(map);
  const auto encoding = dice.percent(50) ? Encoding::gb18030 : Encoding::utf8;
  const char delimiter = dice.percent(50) ? ',' : '\t';

  std::vector<Sample> samples;
  std::string file = written(header, delimiter, dice) + "\n";
  for (int number = 0; number < 20; ++number) {
    samples.push_back(sample(dice, number));
    file += written(samples.back().cells, delimiter, dice) + "\n";
  }
  if (encoding == Encoding::gb18030) file = boost::locale::conv::from_utf<char>(file, "GB18030");

  RecordReader records(delimiter);
  RowEvents rows;
  ledger::Encoder encoder;
  ledger::Batch batch;
  bool header_read = false;
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < file.size();) {
    const auto end = file.find('\n', at);
    std::string line;
    REQUIRE_FALSE(decode_line(std::string_view(file).substr(at, end - at), encoding, line));
    at = end + 1;
    const auto record = records.take(++number, line);
    if (!record) continue;
    REQUIRE_FALSE(record->fault);
    if (!header_read) {
      REQUIRE_FALSE(RowEvents::lay(*map, record->cells, cli::Language::english, rows));
      header_read = true;
    } else {
      REQUIRE(rows.encode(record->cells, encoder, batch).value_or("").empty());
    }
  }
  REQUIRE(batch.count() == samples.size());
  for (std::size_t at = 0; at < samples.size(); ++at) {
    std::string line;
    const auto entry = ledger::decode({at}, batch.entry(at));
    REQUIRE(entry);
    ledger::append_json(*entry, line);
    const auto event = boost::json::parse(line).as_object();
    CHECK(boost::json::serialize(event.at("data")) == samples[at].data);
    CHECK(std::string(event.at("time").as_string().c_str()) == samples[at].time);
  }
}
