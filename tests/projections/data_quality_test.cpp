// What tally quality lists: each wrong value once, and no person's.
#include "projections/data_quality.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/support/memory_source.h"
#include "tests/support/scenario.h"

namespace projections {
namespace {

std::string event(const std::string& id, const std::string& type, const std::string& subject,
                  const std::string& data) {
  return R"({"specversion":"1.0","id":")" + id + R"(","source":"hq","type":")" + type +
         R"(","subject":")" + subject + R"(","time":"2017-03-01T10:00:00+08:00","data":)" + data +
         "}";
}

std::string registered(const std::string& id, const std::string& vin, const std::string& plate) {
  return event(id, "vehicle.registered", "vehicle/" + vin,
               R"({"vin":")" + vin + R"(","plate":")" + plate +
                   R"(","owner":"王五","owner_uscc":"91110000600037342L"})");
}

std::vector<std::string> rows(const EventSource& source, const Cut& cut = {}) {
  auto printed = print_data_quality(source, cut);
  REQUIRE(printed);
  return (*std::move(printed)).rows;
}

constexpr const char* good = "LSJA24U62JG269225";
constexpr const char* bad = "LSJA24U63JG269225";

}  // namespace

TEST_CASE("each wrong value is listed once, with what is wrong with it") {
  const test::MemorySource source(
      {registered("a", good, "沪AD12345"), registered("b", bad, "沪AI2345"),
       event("c", "settlement.requested", "settlement/S",
             std::string(R"({"settlement":"S","order":"O","kind":"standard","vins":[")") + bad +
                 R"(",")" + good + R"("]})"),
       event(
           "d", "customer.registered", "customer/C",
           R"({"customer":"C","name":"某公司","class":"enterprise","uscc":"91110000600037341I"})")});
  CHECK(
      rows(source) ==
      std::vector<std::string>{
          R"({"index":0,"subject":"vehicle/LSJA24U62JG269225","field":"owner_uscc","kind":"uscc","value":"91110000600037342L","why":"check_digit"})",
          R"({"index":1,"subject":"vehicle/LSJA24U63JG269225","field":"vin","kind":"vin","value":"LSJA24U63JG269225","why":"check_digit"})",
          R"({"index":1,"subject":"vehicle/LSJA24U63JG269225","field":"plate","kind":"plate","value":"沪******","why":"pattern"})",
          R"({"index":3,"subject":"customer/C","field":"uscc","kind":"uscc","value":"91110000600037341I","why":"character"})"});
}

TEST_CASE("no plate and no name of a person is printed") {
  const test::MemorySource source(
      {registered("a", good, "不是号牌"), registered("b", bad, "Z"), registered("c", bad, "沪A1")});
  for (const auto& row : rows(source)) {
    CAPTURE(row);
    CHECK(row.find("不是") == std::string::npos);
    CHECK(row.find("A1\"") == std::string::npos);
    CHECK(row.find("王五") == std::string::npos);
  }
  CHECK(rows(source).size() == 5);
}

TEST_CASE("what is voided or after the cut is not listed") {
  const test::MemorySource source(
      {registered("a", bad, "沪AD12345"),
       event("v", "event.voided", "event/hq#a",
             R"({"target_source":"hq","target_id":"a","reason":"r","evidence":[]})")});
  CHECK(rows(source).empty());
  CHECK(rows(source.first(1)).size() == 2);
  CHECK(rows(source.first(1), {std::nullopt, ledger::parse_date("2017-02-28")}).empty());
}

TEST_CASE("the scenarios have no wrong VIN and no wrong credit code") {
  for (const auto& scenario : test::scenarios()) {
    CAPTURE(scenario);
    const auto wrong = rows(test::MemorySource(test::read_lines(scenario)));
    for (const auto& row : wrong) INFO(row);
    CHECK(wrong.empty());
  }
}

}  // namespace projections
