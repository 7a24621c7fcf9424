// How many vehicles count for a line (policy.md 3): pure functions of the world.
#pragma once

#include <cstdint>
#include <vector>

#include "projections/world.h"

namespace projections {

// Whether the delivery is genuine under `view`.
inline bool is_genuine(const Held& held, OrderId order, const View& view) {
  return !held.found || view.sets_aside(order);
}

// Whether the vehicle has what the pack asks for (N9.2, N9.4), the order's status apart.
bool has_papers(const World& world, VinId vin, const policy::FleetPack::Completeness& rule,
                const View& view);
// Whether the order's status was entered, where the pack asks for it.
bool has_status(const World& world, OrderId order, const policy::FleetPack::Completeness& rule,
                const View& view);

struct Deliveries {
  std::int64_t genuine = 0;
  std::int64_t complete = 0;
};

// Of one order. Without a pack, `complete` is 0.
Deliveries deliveries_of(const World& world, OrderId order, const policy::FleetPack* rules,
                         const View& view);

// What one order adds to the prior or own of another.
struct Contribution {
  OrderId order;
  std::int64_t vehicles = 0;
};

// The orders whose genuine deliveries count towards `order`, and how many: those of other
// projects within the window (prior, N7.4), or those of its own project (own).
struct Accumulated {
  std::vector<Contribution> prior, own;  // in order of the party's customers, then of their orders
  std::int64_t prior_count = 0, own_count = 0;
  ledger::Date window_from;
};

Accumulated accumulate(const World& world, const OrderCreated& order,
                       const std::vector<CustomerId>& party, policy::Window window,
                       const View& view);

// The latest ordered quantity less vehicles found false and vehicles returned.
struct Quantity {
  std::int64_t effective = 0;
  const Fact* stated = nullptr;  // the event of the latest quantity
};

Quantity effective_quantity(const World& world, OrderId order, const View& view);

}  // namespace projections
