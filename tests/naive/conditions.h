// The conditions a line may fail (policy.md 4, table of cli.md).
#pragma once

#include <string>
#include <vector>

#include "tests/naive/order.h"

namespace naive {

struct Unmet {
  std::string clause;  // empty: it rests on none
  std::string condition;
  const Event* event{};  // what made it fail; null when nothing was there
};

// The latest decision on support of this kind when it is an approval, else null.
const Event* approval(const View& view, const std::string& order, const std::string& kind);
// The latest recognition of the order's customer up to the order's date, or null.
const Event* recognition(const View& view, const Order& order);

// The version that governs the line of this kind, or null.
const Pack* governing_line(const View& view, const Order& order, const std::string& kind);

// All that fail, in the table's order.
std::vector<Unmet> unmet(const View& view, const Order& order, const std::string& kind);

// Whether the order is special: its special line fails nothing.
bool special_in_force(const View& view, const Order& order);

}  // namespace naive
