#include "tests/naive/event.h"

#include <boost/json/array.hpp>
#include <boost/json/value_to.hpp>

#include "ledger/base/check.h"

namespace naive {
namespace {

ledger::Timestamp clock(const boost::json::object& event, std::string_view attribute) {
  const auto parsed = ledger::parse_timestamp(event.at(attribute).as_string());
  ledger::check(parsed.has_value(), "a clock of the event is no RFC 3339 instant");
  return *parsed;
}

// The recorded time: as claimed, else when the ledger appended it (exports say so).
ledger::Timestamp recorded(const boost::json::object& event) {
  for (const auto* attribute : {"recordedtime", "appendedtime"}) {
    if (event.contains(attribute)) return clock(event, attribute);
  }
  return clock(event, "time");
}

}  // namespace

std::string Event::text(std::string_view field) const {
  const auto* value = data->if_contains(field);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

std::int64_t Event::number(std::string_view field) const {
  const auto* value = data->if_contains(field);
  return value == nullptr ? 0 : value->to_number<std::int64_t>();
}

bool Event::flag(std::string_view field) const {
  const auto* value = data->if_contains(field);
  return value != nullptr && value->as_bool();
}

std::vector<std::string> Event::list(std::string_view field) const {
  const auto* value = data->if_contains(field);
  if (value == nullptr) return {};
  return boost::json::value_to<std::vector<std::string>>(*value);
}

std::set<std::string> Event::set(std::string_view field) const {
  const auto items = list(field);
  return {items.begin(), items.end()};
}

ledger::Date Event::day(std::string_view field) const {
  const auto parsed = ledger::parse_date(text(field));
  ledger::check(parsed.has_value(), "a date of the event is no date");
  return *parsed;
}

std::vector<Event> read_events(const std::vector<boost::json::object>& outside) {
  std::vector<Event> events;
  for (const auto& object : outside) {
    Event event;
    event.index = events.size();
    event.type = object.at("type").as_string();
    event.source = object.at("source").as_string();
    event.id = object.at("id").as_string();
    event.time = clock(object, "time");
    event.date = ledger::business_date(event.time.ns);
    event.recorded = recorded(object);
    event.recorded_date = ledger::business_date(event.recorded.ns);
    event.data = &object.at("data").as_object();
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace naive
