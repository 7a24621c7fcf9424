#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/event.h"

namespace cli {

// What the events of an import come to, before it is one.
class ImportForecast {
 public:
  // An event that would be accepted, new or there already.
  void count(const ledger::Entry& event);

  // By the name of the type.
  const std::map<std::string_view, std::int64_t>& types() const { return types_; }

  // By type and field, `vehicle.invoiced price_fen`; nothing when the sum does not fit.
  const std::map<std::string, std::optional<std::int64_t>>& money() const { return money_; }

  // Of the time each event happened.
  std::optional<std::int64_t> first_ns() const { return first_ns_; }

  std::optional<std::int64_t> last_ns() const { return last_ns_; }

 private:
  std::map<std::string_view, std::int64_t> types_;
  std::map<std::string, std::optional<std::int64_t>> money_;
  std::optional<std::int64_t> first_ns_, last_ns_;
};

}  // namespace cli
