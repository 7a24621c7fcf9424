// An order and what its lines rest on: the policy that governs it, its party, its
// vehicles (policy.md 1 and 3).
#pragma once

#include <optional>
#include <set>
#include <string>

#include "tests/naive/view.h"

namespace naive {

// An order whose `order.created` exists.
struct Order {
  std::string id, dealer, customer, project, channel;
  std::optional<std::string> filing, agreement, policy;
  bool special_spec{};
  const Event* created{};
};

std::optional<Order> find_order(const View& view, std::string_view id);
std::vector<Order> all_orders(const View& view);

// The version that governs on `date` for `dealer` (G7); nothing: `no_policy`. Without
// `name` it is the single policy of `model` that has a version for the date.
const Pack* governing(const View& view, const std::optional<std::string>& name,
                      std::string_view model, ledger::Date date, std::string_view dealer);
// On the business date of the order.
const Pack* governing_order(const View& view, const Order& order);

using Customers = std::set<std::string>;

// The customer, joined with its group where the pack says so, on `date`.
Customers party(const View& view, const Pack* pack, const std::string& customer, ledger::Date date);

using Vins = std::set<std::string>;

// The vehicles of other projects / of the order's own that count for its tier.
Vins prior(const View& view, const Pack& pack, const Order& order);
Vins own(const View& view, const Pack& pack, const Order& order);

// The event of the latest ordered quantity.
const Event& quantity_event(const View& view, const Order& order);
std::int64_t effective_quantity(const View& view, const Order& order);
std::int64_t complete_count(const View& view, const Pack& pack, const Order& order);

}  // namespace naive
