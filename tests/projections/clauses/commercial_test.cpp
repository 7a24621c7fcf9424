// The commercial policy: bills (C2.3), the volume rebate (C-II), demo cars (C-III), each on
// both sides of its bound.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

namespace json = boost::json;

constexpr std::int64_t yuan = 100;

PlainHistory commercial_history() {
  PlainHistory history;
  history.publish("commercial-2018", 1, shipped_pack("commercial-2018"));
  return history;
}

// A bill of D1 tendered on 2018-09-01, with `more` said of it.
PlainHistory bill(const json::object& more) {
  auto history = commercial_history();
  json::object data{{"bill", "B1"},
                    {"dealer", "D1"},
                    {"bank", "某银行"},
                    {"face_fen", 1'000'000},
                    {"issued_on", "2018-08-31"},
                    {"matures_on", "2018-11-30"},
                    {"endorsements", json::array()}};
  for (const auto& [key, value] : more) data[key] = value;
  history.tell("bill.tendered", "2018-09-01", data);
  return history;
}

json::object judged_bill(const json::object& more) {
  return row_of(bill(more), "bills", "B1");
}

void invoice(PlainHistory& history, int number, const std::string& when) {
  const auto vin = "LFBED21A0HA" + std::to_string(200'000 + number);
  history.tell("vehicle.invoiced", when,
               {{"vin", vin},
                {"dealer", "D1"},
                {"invoice", "I" + std::to_string(number)},
                {"price_fen", 1},
                {"model", "M"}});
}

constexpr const char* demo_vin = "LFBED21A0HA300000";

void demo(PlainHistory& history, const char* step, const char* when,
          const json::object& more = {}) {
  json::object data{{"vin", demo_vin}, {"dealer", "D1"}};
  for (const auto& [key, value] : more) data[key] = value;
  history.tell(std::string("demo.") + step, when, data);
}

void purchase(PlainHistory& history, const char* when, std::int64_t guide, std::int64_t price) {
  demo(history, "purchased", when, {{"guide_price_fen", guide}, {"price_fen", price}});
}

json::object demo_row(const PlainHistory& history) {
  return row_of(history, "demos", demo_vin);
}

}  // namespace

TEST_CASE("C2.3.1: a tenor of six months is accepted, of a day more refused") {
  const auto [issued, matures, accepted] =
      GENERATE(table<const char*, const char*, bool>({{"2018-03-01", "2018-09-01", true},
                                                      {"2018-03-01", "2018-09-02", false},
                                                      {"2018-08-31", "2019-02-28", true},
                                                      {"2018-08-31", "2019-03-01", false}}));
  const auto row = judged_bill({{"issued_on", issued}, {"matures_on", matures}});
  CHECK(row.at("expected") == (accepted ? "accepted" : "refused"));
  CHECK(row.at("reasons") == (accepted ? json::array{} : json::array{"tenor"}));
}

TEST_CASE("C2.3.2: a face of 2,000,000.00 is accepted, of 2,000,000.01 refused") {
  CHECK(judged_bill({{"face_fen", 2'000'000 * yuan}}).at("expected") == "accepted");
  CHECK(judged_bill({{"face_fen", 2'000'000 * yuan + 1}}).at("reasons") == json::array{"face"});
}

TEST_CASE("C2.3.3: direct, up to three months half a per cent, up to six one per cent") {
  const auto [matures, bp] = GENERATE(
      table<const char*, int>({{"2018-11-30", 50}, {"2018-12-01", 100}, {"2019-02-28", 100}}));
  CHECK(fen(judged_bill({{"matures_on", matures}}), "deduction_fen") == bp * 100);
  CHECK(fen(judged_bill({{"matures_on", matures}, {"endorsements", {"D1"}}}), "deduction_fen") ==
        bp * 100);
}

TEST_CASE("C2.3.4: endorsed by a third party, up to three months one per cent, up to six two") {
  const auto [matures, bp] = GENERATE(
      table<const char*, int>({{"2018-11-30", 100}, {"2018-12-01", 200}, {"2019-02-28", 200}}));
  CHECK(fen(judged_bill({{"matures_on", matures}, {"endorsements", {"X", "D1"}}}),
            "deduction_fen") == bp * 100);
}

TEST_CASE("C2.3.5: a bill of a local small bank is refused, by flag or by the list of that day") {
  CHECK(judged_bill({{"local_small_bank", true}}).at("reasons") == json::array{"local_small_bank"});
  CHECK(judged_bill({{"local_small_bank", false}}).at("expected") == "accepted");
  const auto [listed, bank, refused] =
      GENERATE(table<const char*, const char*, bool>({{"2018-09-01T23:59:59", "某银行", true},
                                                      {"2018-09-02T00:00:00", "某银行", false},
                                                      {"2018-09-01", "某银行分行", false}}));
  auto history = bill({});
  history.tell("bank_list.published", listed, {{"refused_banks", {bank}}});
  CHECK(row_of(history, "bills", "B1").at("expected") == (refused ? "refused" : "accepted"));
  // A newer list replaces it.
  history.tell("bank_list.published", "2018-09-01T23:59:59", {{"refused_banks", json::array()}});
  CHECK(row_of(history, "bills", "B1").at("expected") == "accepted");
}

TEST_CASE("C2.3.6: three endorsements are accepted, four refused") {
  CHECK(judged_bill({{"endorsements", {"X", "Y", "D1"}}}).at("expected") == "accepted");
  CHECK(judged_bill({{"endorsements", {"X", "Y", "Z", "D1"}}}).at("reasons") ==
        json::array{"endorsements"});
}

TEST_CASE("C2.3: the day of the tender decides which policy reads the bill") {
  const auto [tendered, known] = GENERATE(
      table<const char*, bool>({{"2018-01-01T00:00:00", true}, {"2017-12-31T23:59:59", false}}));
  auto history = commercial_history();
  history.tell("bill.tendered", tendered,
               {{"bill", "B1"},
                {"dealer", "D1"},
                {"bank", "某银行"},
                {"face_fen", 1},
                {"issued_on", "2018-01-01"},
                {"matures_on", "2018-02-01"},
                {"endorsements", json::array()}});
  const auto row = row_of(history, "bills", "B1");
  CHECK(row.contains("expected") == known);
  CHECK(row.at("reasons") == (known ? json::array{} : json::array{"no_policy"}));
}

TEST_CASE(
    "C-II: 9 invoiced vehicles of a month earn nothing, 10 the first tier, 29 and 30 likewise") {
  const auto [vehicles, each] =
      GENERATE(table<int, std::int64_t>({{9, 0}, {10, 500}, {29, 500}, {30, 800}}));
  auto history = commercial_history();
  for (int number = 0; number < vehicles; ++number) invoice(history, number, "2018-03-31T23:59:59");
  invoice(history, 0, "2018-03-01");  // twice the same vehicle
  invoice(history, 90, "2018-04-01T00:00:00");
  const auto printed = judge(history).at("rebates");
  REQUIRE(printed.size() == 2);
  const auto march = json::parse(printed[0]).as_object();
  CHECK(march.at("month") == "2018-03");
  CHECK(march.at("vehicles") == vehicles);
  CHECK(fen(march, "expected_fen") == vehicles * each * yuan);
  CHECK(json::parse(printed[1]).at("vehicles") == 1);
}

TEST_CASE("C-III 2.4: a demo car counts neither to the month's rebate nor to the year's target") {
  const auto* const step = GENERATE("applied", "approved");
  const bool is_demo = std::string(step) == "approved";
  auto history = fleet_history();
  history.publish(
      "commercial-2018", 1,
      changed_pack("commercial-2018", "effective_from = 2018", "effective_from = 2017"));
  history.order("O1", "2017-03-01", 1);
  history.tell("vehicle.delivered", "2017-03-02",
               {{"vin", demo_vin}, {"order", "O1"}, {"dealer", "D1"}});
  history.tell(
      "vehicle.invoiced", "2017-03-02",
      {{"vin", demo_vin}, {"dealer", "D1"}, {"invoice", "I"}, {"price_fen", 1}, {"model", "M"}});
  demo(history, step, "2017-09-01", {{"ordinal", 1}});
  CHECK(row_of(history, "rebates", "D1").at("vehicles") == (is_demo ? 0 : 1));
  CHECK(judge(history).at("targets").size() == (is_demo ? 0U : 1U));
}

TEST_CASE("C-III 1.1: the price is exactly 70 % of the guide price, half a fen rounded away") {
  const auto [guide, price, right] = GENERATE(
      table<std::int64_t, std::int64_t, bool>({{10'000'000, 7'000'000, true},
                                               {10'000'000, 6'999'999, false},
                                               {10'000'000, 7'000'001, false},
                                               {10'000'005, 7'000'004, true},  // 7,000,003.5
                                               {10'000'005, 7'000'003, false},
                                               {10'000'004, 7'000'003, true}}));  // 7,000,002.8
  auto history = commercial_history();
  purchase(history, "2018-03-01", guide, price);
  CHECK(demo_row(history).at("price_ok") == right);
}

TEST_CASE("C-III 2.1: a first demo car from the day of the year's contract on, for level 1") {
  const auto [signing, year, level, eligible] =
      GENERATE(table<const char*, int, int, bool>({{"2018-02-01T23:59:59", 2018, 1, true},
                                                   {"2018-02-02T00:00:00", 2018, 1, false},
                                                   {"2018-02-01", 2017, 1, false},
                                                   {"2018-02-01", 2018, 2, false}}));
  auto history = commercial_history();
  history.tell("dealer.authorised", "2018-02-01",
               {{"dealer", "D1"}, {"name", "D1"}, {"region", "华东"}, {"level", level}});
  history.tell("dealer.authorised", "2018-02-02",
               {{"dealer", "D1"}, {"name", "D1"}, {"region", "华东"}, {"level", 1}});
  history.tell("dealer.contract_signed", signing,
               {{"dealer", "D1"}, {"year", year}, {"target_vehicles", 1}});
  demo(history, "approved", "2018-02-01", {{"ordinal", 1}});
  CHECK(demo_row(history).at("eligible") == eligible);
}

TEST_CASE(
    "C-III 2.1: a second demo car from 50 invoiced vehicles of the year on, the day included") {
  const auto [invoiced, last, eligible] =
      GENERATE(table<int, const char*, bool>({{50, "2018-06-01T23:59:59", true},
                                              {49, "2018-06-01T23:59:59", false},
                                              {50, "2018-06-02T00:00:00", false},
                                              {50, "2017-12-31T23:59:59", false},
                                              {50, "2018-01-01T00:00:00", true}}));
  auto history = commercial_history();
  for (int number = 1; number < invoiced; ++number) invoice(history, number, "2018-05-01");
  invoice(history, 0, last);
  demo(history, "approved", "2018-06-01", {{"ordinal", 2}});
  CHECK(demo_row(history).at("eligible") == eligible);
}

TEST_CASE(
    "C-III 2.3: disposed of after exactly twelve months the preference is lost, a day later kept") {
  const auto [bought, disposed, lost] =
      GENERATE(table<const char*, const char*, bool>({{"2018-03-01", "2018-02-28", false},
                                                      {"2018-03-01", "2018-03-01", true},
                                                      {"2018-03-01", "2019-03-01", true},
                                                      {"2018-03-01", "2019-03-02", false}}));
  auto history = commercial_history();
  purchase(history, bought, 10'000'000, 7'000'000);
  demo(history, "disposed", disposed, {{"reason", "r"}});
  CHECK(fen(demo_row(history), "clawback_fen") == (lost ? 3'000'000 : 0));
}

TEST_CASE("C-III 2.3: what was claimed of a preference is not claimed again") {
  auto history = commercial_history();
  purchase(history, "2018-03-01", 10'000'000, 7'000'000);
  demo(history, "disposed", "2018-09-01", {{"reason", "r"}});
  history.tell("clawback.issued", "2018-10-01",
               {{"clawback", "CB"},
                {"dealer", "D1"},
                {"vin", demo_vin},
                {"amount_fen", 1'000'000},
                {"findings", json::array()}});
  const auto line = std::string(demo_vin) + "/demo";
  CHECK(fen(row_of(history, "clawbacks", line), "over_fen") == 2'000'000);
}

TEST_CASE("C-III 2.5: documents are due on the 45th day, moved to a working day") {
  // The 45th day after 2018-03-01 is 04-15, a Sunday; after 2018-03-02 it is 04-16, a Monday.
  const auto [approved, due] = GENERATE(table<const char*, const char*>(
      {{"2018-03-01", "2018-04-16"}, {"2018-03-02", "2018-04-16"}, {"2018-03-03", "2018-04-17"}}));
  const auto* const sent = GENERATE("2018-04-16", "2018-04-17");
  auto history = commercial_history();
  demo(history, "approved", approved, {{"ordinal", 1}});
  demo(history, "documents_sent", sent);
  CHECK(demo_row(history).at("documents_due") == due);
  CHECK(demo_row(history).at("documents") == sent);
}

}  // namespace test
