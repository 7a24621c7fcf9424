// Fines: every standing `penalty.imposed`, what of it is due and why (policy.md 4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/naive/order.h"

namespace naive {

struct Fine {
  std::string penalty, dealer;
  std::optional<std::string> order, finding;  // finding: nothing for a complaint's
  std::int64_t due_fen{};
  bool out_of_range{};
};

// By penalty.
std::vector<Fine> all_fines(const View& view);

}  // namespace naive
