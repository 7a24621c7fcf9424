// What one line is worth under one view (policy.md 4). The one place where a rule turns
// facts into money: read models, clawbacks, what-if and explain all ask here.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "projections/claims.h"
#include "projections/conditions.h"
#include "projections/counting.h"

namespace projections {

// The result of a rule with everything that went into it.
struct Evaluation {
  const OrderCreated* created = nullptr;  // null: an unknown order
  const policy::Pack* pack = nullptr;
  std::vector<CustomerId> party;
  Deliveries deliveries;
  Accumulated accumulated;             // standard, special and recognised under a pack
  const policy::Tier* tier = nullptr;  // standard and fallback, from the first tier on
  std::optional<std::int64_t> rate_fen;
  const Fact* rate_from = nullptr;  // the event that gave the rate, where one did
  std::int64_t invoiced_fen = 0;    // reward: Σ prices of genuine deliveries
  std::int64_t entitled_fen = 0;
  std::int64_t pending_fen = 0;
  bool fallback = false;  // a special below its quantity, paid as standard
  bool zeroed = false;    // a floating rebate that HQ-direct or a special line sets to 0
  bool overflow = false;  // an amount beyond int64: no amount above can be used
  std::string_view clause;
  std::vector<Unmet> unmet;

  const policy::FleetPack* rules() const { return pack != nullptr ? pack->fleet() : nullptr; }

  std::int64_t basis() const { return std::max(accumulated.prior_count, accumulated.own_count); }
};

// Evaluates the line `order`/`kind` by the version of the rules under which its order was
// entered. Pure: the same world, view and claims give the same result. `claims` matter to a
// floating rebate only.
Evaluation evaluate(const World& world, OrderId order, schema::LineKind kind, const Claims& claims,
                    const View& view);

// The rules as version 1 has them.
Evaluation evaluate_v1(const World& world, OrderId order, schema::LineKind kind,
                       const Claims& claims, const View& view);

// Whether the order's special line is due, so that the order counts as special (N5.2).
bool is_special(const World& world, OrderId order, const View& view);

// The price of the vehicle on the latest invoice that names the order; null without one.
const Invoiced* invoice_of(const World& world, VinId vin, OrderId order, const View& view);

}  // namespace projections
