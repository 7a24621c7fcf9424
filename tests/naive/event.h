// One event as the naive evaluation sees it: the outside form, with its clocks read.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/time.h"

namespace naive {

struct Event {
  std::size_t index{};  // position in the log
  std::string type, source, id;
  ledger::Timestamp time;      // happened
  ledger::Date date;           // its business date
  ledger::Timestamp recorded;  // claimed by the source
  ledger::Date recorded_date;
  const boost::json::object* data{};  // belongs to the caller of `evaluate`

  bool has(std::string_view field) const { return data->contains(field); }

  // The field; empty, 0 or false when it is absent.
  std::string text(std::string_view field) const;
  std::int64_t number(std::string_view field) const;
  bool flag(std::string_view field) const;
  std::vector<std::string> list(std::string_view field) const;
  std::set<std::string> set(std::string_view field) const;
  ledger::Date day(std::string_view field) const;
};

using Events = std::vector<const Event*>;

// Reads the events of a log, `outside[n]` standing at index n. They must be valid and
// outlive the result.
std::vector<Event> read_events(const std::vector<boost::json::object>& outside);

}  // namespace naive
