// What was recorded late, and what that decided. On the three projects of worked example 1,
// whose third order reaches the second tier by the deliveries of the first two.
#include "projections/late_records.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/support/memory_source.h"
#include "tests/support/scenario.h"
#include "tests/support/tests_dir.h"

namespace projections {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
  return std::string(value.as_string());
}

// Example 1 with `change` applied to every event.
template <class Change>
test::MemorySource example(Change&& change) {
  auto lines = test::read_lines(::test::in_tests("scenarios/01-three-projects.jsonl"));
  for (auto& line : lines) {
    auto event = json::parse(line).as_object();
    change(event, event.at("data").as_object());
    line = json::serialize(event);
  }
  return test::MemorySource(lines);
}

std::vector<json::object> late_rows(const EventSource& source, std::int64_t days,
                                    const Cut& cut = {}) {
  const auto replay = Replay::run(source, cut, 1);
  REQUIRE(replay);
  const auto printed = print_late_records(**replay, cut, days);
  REQUIRE(printed);
  std::vector<json::object> rows;
  for (const auto& row : (*printed).rows) rows.push_back(json::parse(row).as_object());
  return rows;
}

bool delivers(const json::object& event, const json::object& data, const char* order) {
  return event.at("type").as_string() == "vehicle.delivered" && data.at("order") == order;
}

}  // namespace

TEST_CASE("exactly the threshold is not late, a second more is") {
  const auto recorded =
      GENERATE(as<std::string>(), "2017-03-04T10:00:00+08:00", "2017-03-04T10:00:01+08:00");
  const auto source = example([&](json::object& event, const json::object&) {
    if (event.at("type").as_string() == "filing.confirmed") {
      event["time"] = "2017-03-01T10:00:00+08:00";
      event["recordedtime"] = recorded;
    }
  });
  const auto rows = late_rows(source, 3);
  CHECK(rows.size() == (recorded == "2017-03-04T10:00:00+08:00" ? 0U : 1U));
}

TEST_CASE("a confirmation dated before an order and recorded after it comes first") {
  const auto source = example([&](json::object& event, const json::object& data) {
    const auto& type = event.at("type").as_string();
    if (type == "filing.confirmed") event["recordedtime"] = "2017-04-20T10:00:00+08:00";
    if (delivers(event, data, "O1")) event["recordedtime"] = "2018-01-01T10:00:00+08:00";
  });
  const auto rows = late_rows(source, 3);
  REQUIRE(rows.size() == 9);
  CHECK(text_of(rows[0].at("type")) == "filing.confirmed");
  CHECK(text_of(rows[0].at("why")) == "confirmed_after_order");
  CHECK(rows[0].at("rank") == 1);
  // O3 was ordered later.
  CHECK(rows[0].at("orders") == json::array{"O1", "O2"});
  // The deliveries of O1 lift O3 into its tier, and O2 into none.
  CHECK(text_of(rows[1].at("why")) == "tier_crossing");
  CHECK(rows[1].at("orders") == json::array{"O3"});
}

TEST_CASE("a confirmation entered late decides nothing where a timely one stood") {
  const bool released = GENERATE(false, true);
  auto lines = test::read_lines(::test::in_tests("scenarios/01-three-projects.jsonl"));
  if (released) {
    lines.emplace_back(
        R"({"specversion":"1.0","id":"r","source":"hq","type":"filing.released","subject":"filing/F-2017-0001","time":"2017-03-02T10:00:00+08:00","recordedtime":"2017-03-02T10:00:00+08:00","data":{"filing":"F-2017-0001","reason":"r"}})");
  }
  lines.emplace_back(
      R"({"specversion":"1.0","id":"again","source":"hq","type":"filing.confirmed","subject":"filing/F-2017-0001","time":"2017-03-03T10:00:00+08:00","recordedtime":"2017-06-03T10:00:00+08:00","data":{"filing":"F-2017-0001","customer_code":"K"}})");
  const auto rows = late_rows(test::MemorySource(lines), 3);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].contains("why") == released);
}

TEST_CASE("late deliveries cross a tier only when they are needed for it") {
  // The first so many of O2's six deliveries are late; with O1's eight, O3 needs two of them.
  const auto late_count = GENERATE(4, 5);
  int seen = 0;
  const auto source = example([&](json::object& event, const json::object& data) {
    if (delivers(event, data, "O2") && seen++ < late_count)
      event["recordedtime"] = "2018-01-01T10:00:00+08:00";
  });
  const auto rows = late_rows(source, 3);
  REQUIRE(rows.size() == static_cast<std::size_t>(late_count));
  for (const auto& row : rows) CHECK(row.contains("why") == (late_count == 5));
}

TEST_CASE("a delivery recorded by the day of the order crosses nothing") {
  const auto source = example([&](json::object& event, const json::object& data) {
    if (delivers(event, data, "O2")) event["recordedtime"] = "2017-05-10T23:59:59+08:00";
  });
  const auto replay = Replay::run(source, {}, 1);
  REQUIRE(replay);
  const auto& facts = (*replay)->facts();
  const auto* third = (*replay)->world().standing(View{}).order({facts.order_names.find("O3")});
  REQUIRE(third != nullptr);
  REQUIRE(to_string(ledger::Date{third->day}) == "2017-05-10");
  for (const auto& row : late_rows(source, 0)) CHECK_FALSE(row.contains("why"));
}

TEST_CASE("a special specification approved on paper before the order, in the log after it") {
  const auto source = [] {
    auto lines = test::read_lines(::test::in_tests("scenarios/01-three-projects.jsonl"));
    for (auto& line : lines) {
      auto event = json::parse(line).as_object();
      if (event.at("type").as_string() != "order.created") continue;
      event.at("data").as_object()["special_spec"] = true;
      line = json::serialize(event);
    }
    lines.emplace_back(
        R"({"specversion":"1.0","id":"s","source":"hq","type":"order.spec_approved","subject":"order/O1","time":"2017-03-01T10:00:00+08:00","recordedtime":"2017-03-20T10:00:00+08:00","data":{"order":"O1"}})");
    return test::MemorySource(lines);
  }();
  const auto rows = late_rows(source, 3);
  REQUIRE(rows.size() == 1);
  CHECK(text_of(rows[0].at("why")) == "spec_after_order");
  CHECK(rows[0].at("orders") == json::array{"O1"});
}

TEST_CASE("the rest is ranked by how late it is, and what was voided is not in it") {
  auto lines = test::read_lines(::test::in_tests("scenarios/01-three-projects.jsonl"));
  const auto visit = [](const char* id, const char* recorded) {
    return std::string(R"({"specversion":"1.0","id":")") + id +
           R"(","source":"hq","type":"customer.visited","subject":"customer/C01","time":"2017-03-01T10:00:00+08:00","recordedtime":")" +
           recorded + R"(","data":{"customer":"C01","dealer":"D01"}})";
  };
  lines.push_back(visit("a", "2017-03-09T10:00:00+08:00"));
  lines.push_back(visit("b", "2017-03-19T09:00:00+08:00"));
  lines.push_back(visit("c", "2017-03-29T10:00:00+08:00"));
  lines.emplace_back(
      R"({"specversion":"1.0","id":"v","source":"hq","type":"event.voided","subject":"event/hq#c","time":"2017-04-01T10:00:00+08:00","recordedtime":"2017-04-01T10:00:00+08:00","data":{"target_source":"hq","target_id":"c","reason":"r","evidence":[]}})");
  const auto rows = late_rows(test::MemorySource(lines), 3);
  REQUIRE(rows.size() == 2);
  CHECK(text_of(rows[0].at("id")) == "b");
  CHECK(rows[0].at("late_days") == 17);
  CHECK(text_of(rows[1].at("id")) == "a");
}

}  // namespace projections
