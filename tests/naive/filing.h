// A filing's protection: how long it lasts, when progress is due, what came of it
// (policy.md 5).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/naive/order.h"

namespace naive {

// A day by which progress had to be reported.
struct ProgressDay {
  ledger::Date due;
  bool reported_in_time{};
  std::optional<ledger::Date> done;  // the first report recorded in or after its interval
};

struct Filing {
  std::string id, customer, submitter, holder, state;
  std::optional<ledger::Date> confirmed, protected_until;
  std::vector<ProgressDay> progress;   // of the standing protection, future days too
  std::vector<std::string> conflicts;  // orders
};

// By filing.
std::vector<Filing> all_filings(const View& view);

}  // namespace naive
