// The policy rules a second time: deliberately naive, slow and obvious, so that tests
// can hold the product's engine against it. Shares nothing with the engine but the
// reading of dates.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/time.h"

namespace naive {

// Which part of a log an answer is for; both limits apply when both are given.
struct Cut {
  std::optional<std::uint64_t> known_at;     // only the first so many events
  std::optional<ledger::Date> effective_at;  // only events with this business date or an earlier
};

// The read models, each as the exact lines the program prints, without line ends.
struct Models {
  using Lines = std::vector<std::string>;
  Lines entitlements, clawbacks, balances, filings, targets, obligations, bills, rebates, demos;
};

// Evaluates a log given in the outside form, `events[n]` being the event with index n.
// The events must be ones a ledger would accept; anything else stops the program.
Models evaluate(const std::vector<boost::json::object>& events, const Cut& cut);

// The lines of each model by its name.
std::map<std::string, Models::Lines> by_name(const Models& models);

}  // namespace naive
