#include "projections/standing.h"

#include <algorithm>

namespace projections {
namespace {

// The delivery that put the vehicle where it is; null when it is free.
const Movement* holding_delivery(const std::vector<const Movement*>& movements) {
  const Movement* holding = nullptr;
  for (const auto* movement : movements) {
    if (movement->delivery) {
      if (holding == nullptr) holding = movement;
    } else if (holding != nullptr && holding->order == movement->order) {
      holding = nullptr;
    }
  }
  return holding;
}

}  // namespace

Standing::Standing(const Facts& facts, const Findings& findings, bool uncorrected) {
  View view;
  view.uncorrected = uncorrected;
  follow_orders(facts, view);
  follow_vehicles(facts, findings, view);
}

void Standing::follow_orders(const Facts& facts, const View& view) {
  std::vector<std::pair<std::uint32_t, OrderId>> of_customer;
  created_.reserve(facts.orders.size());
  for (std::uint32_t number = 0; number < facts.orders.size(); ++number) {
    const auto* created = facts.created.latest(facts.orders[number].created,
                                               [&](const Fact& fact) { return view.sees(fact); });
    created_.push_back(created);
    if (created != nullptr && created->channel == schema::Channel::dealer) {
      of_customer.emplace_back(created->customer.value, OrderId{number});
    }
  }
  by_customer_.fill(facts.customers.size(), of_customer);
}

void Standing::follow_vehicles(const Facts& facts, const Findings& findings, const View& view) {
  std::vector<std::pair<std::uint32_t, Held>> held;
  std::vector<std::pair<std::uint32_t, VinId>> returned;
  std::vector<const Movement*> movements;  // of one vehicle
  for (std::uint32_t number = 0; number < facts.vehicles.size(); ++number) {
    const VinId vin{number};
    movements.clear();
    facts.movements.each(facts.vehicles[number].movements, [&](const Movement& movement) {
      if (view.sees(movement) && (movement.delivery || !view.uncorrected)) {
        movements.push_back(&movement);
      }
    });
    std::sort(movements.begin(), movements.end(),
              [](const auto* a, const auto* b) { return earlier(*a, *b); });
    if (const auto* delivery = holding_delivery(movements)) {
      held.emplace_back(delivery->order.value,
                        Held{vin, delivery, findings.names(delivery->order, vin)});
    }
    for (std::size_t at = 0; at < movements.size(); ++at) {
      const bool later_on_order =
          std::any_of(movements.begin() + static_cast<std::ptrdiff_t>(at) + 1, movements.end(),
                      [&](const auto* later) { return later->order == movements[at]->order; });
      if (!movements[at]->delivery && !later_on_order) {
        returned.emplace_back(movements[at]->order.value, vin);
      }
    }
  }
  held_.fill(facts.orders.size(), held);
  returned_.fill(facts.orders.size(), returned);
}

}  // namespace projections
