#include "tests/projections/clauses/judged.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/naive/evaluate.h"
#include "tests/projections/policy/packs.h"
#include "tests/support/memory_source.h"

namespace test {
namespace {

namespace json = boost::json;

}  // namespace

PrintedModels judge(const PlainHistory& history, const projections::Cut& cut) {
  const MemorySource log(history.lines());
  auto printed = print_all(log.first(cut.known_at.value_or(history.lines().size())), cut, 1);
  std::vector<json::object> events;
  events.reserve(history.lines().size());
  for (const auto& line : history.lines()) events.push_back(json::parse(line).as_object());
  const naive::Cut same{cut.known_at, cut.effective_at};
  for (const auto& [model, rows] : naive::by_name(naive::evaluate(events, same))) {
    CAPTURE(model);
    CHECK(printed.at(model) == rows);
  }
  return printed;
}

json::object row_of(const PlainHistory& history, const std::string& model, const std::string& name,
                    const projections::Cut& cut) {
  const auto printed = judge(history, cut);
  for (const auto& row : printed.at(model)) {
    auto object = json::parse(row).as_object();
    if (object.begin()->value() == json::value(name)) return object;
  }
  FAIL("no row of " << model << " for " << name);
  return {};
}

json::object line_of(const PlainHistory& history, const std::string& line) {
  return row_of(history, "entitlements", line);
}

std::vector<std::string> unmet_of(const PlainHistory& history, const std::string& line) {
  const auto row = line_of(history, line);
  std::vector<std::string> conditions;
  for (const auto& unmet : row.at("unmet").as_array())
    conditions.emplace_back(unmet.at("condition").as_string());
  return conditions;
}

std::int64_t fen(const json::object& row, const char* key) {
  return row.at(key).as_int64();
}

projections::Cut as_of(const char* date) {
  return {std::nullopt, ledger::parse_date(date)};
}

std::string shipped_pack(const std::string& policy) {
  return projections::policy::test::shipped(policy);
}

std::string changed_pack(const std::string& policy, std::string_view from, std::string_view to) {
  return projections::policy::test::changed(shipped_pack(policy), from, to);
}

FleetHistory fleet_history() {
  return {"nev-fleet-2017", shipped_pack("nev-fleet-2017")};
}

}  // namespace test
