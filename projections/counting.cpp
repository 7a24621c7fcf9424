#include "projections/counting.h"

#include <algorithm>

namespace projections {
namespace {

using ledger::Date;

// The end of an annual agreement (N6.3): 31 December, of the next year when it was signed
// from 1 July on.
Date end_of_agreement(Date signed_on) {
  const auto [year, month, day] = ledger::civil(signed_on);
  return *ledger::date_of({month < 7 ? year : year + 1, 12, 31});
}

// The day from which deliveries of other projects count.
Date window_start(const World& world, const OrderCreated& order, policy::Window window,
                  const View& view) {
  const auto& facts = world.facts();
  const Date year_start = *ledger::date_of({ledger::civil(Date{order.day}).year, 1, 1});
  if (window == policy::Window::policy_year || !order.agreement) return year_start;

  const auto& agreement = facts.agreements[order.agreement.value];
  const auto* signing = facts.agreements_signed.latest(
      agreement.signed_on, [&](const Fact& fact) { return view.sees(fact); });
  const auto moved = [&](bool uploaded) {
    return facts.agreement_moves.latest(agreement.moves, [&](const AgreementMoved& move) {
      return view.sees(move) && move.uploaded == uploaded && move.day <= order.day;
    }) != nullptr;
  };
  const bool in_force = signing != nullptr && signing->day <= order.day && moved(true) &&
                        !moved(false) && Date{order.day} <= end_of_agreement(Date{signing->day});
  return in_force ? Date{signing->day} : year_start;
}

}  // namespace

bool has_papers(const World& world, VinId vin, const policy::FleetPack::Completeness& rule,
                const View& view) {
  const auto& facts = world.facts();
  const auto& vehicle = facts.vehicles[vin.value];
  const auto seen = [&](const Fact& fact) { return view.sees(fact); };
  return (!rule.registered || facts.registrations.any(vehicle.registrations, seen)) &&
         (!rule.local_subsidy_applied || facts.local_subsidies.any(vehicle.local_subsidies, seen));
}

bool has_status(const World& world, OrderId order, const policy::FleetPack::Completeness& rule,
                const View& view) {
  if (!rule.status_entered) return true;
  const auto& facts = world.facts();
  return facts.status.latest(facts.orders[order.value].status,
                             [&](const Fact& fact) { return view.sees(fact); }) != nullptr;
}

Deliveries deliveries_of(const World& world, OrderId order, const policy::FleetPack* rules,
                         const View& view) {
  Deliveries count;
  const bool status = rules != nullptr && has_status(world, order, rules->completeness, view);
  for (const auto& held : world.standing(view).held(order)) {
    if (!is_genuine(held, order, view)) continue;
    ++count.genuine;
    if (status && has_papers(world, held.vin, rules->completeness, view)) ++count.complete;
  }
  return count;
}

Accumulated accumulate(const World& world, const OrderCreated& order,
                       const std::vector<CustomerId>& party, policy::Window window,
                       const View& view) {
  const auto& standing = world.standing(view);
  Accumulated sum;
  sum.window_from = window_start(world, order, window, view);
  for (const auto customer : party) {
    for (const auto other : standing.dealer_channel_orders(customer)) {
      const bool same_project = standing.order(other)->project == order.project;
      Contribution part{other, 0};
      for (const auto& held : standing.held(other)) {
        const auto day = held.delivery->day;
        const bool in_window = same_project || (day >= sum.window_from.days && day <= order.day);
        if (in_window && is_genuine(held, other, view)) ++part.vehicles;
      }
      if (part.vehicles == 0) continue;
      (same_project ? sum.own_count : sum.prior_count) += part.vehicles;
      (same_project ? sum.own : sum.prior).push_back(part);
    }
  }
  return sum;
}

Quantity effective_quantity(const World& world, OrderId order, const View& view) {
  const auto& facts = world.facts();
  const auto* created = world.standing(view).order(order);
  const auto* reduced = facts.reduced.latest(facts.orders[order.value].reduced,
                                             [&](const Fact& fact) { return view.sees(fact); });
  Quantity quantity{created->quantity, created};
  if (reduced != nullptr && earlier(*created, *reduced)) quantity = {reduced->quantity, reduced};

  const auto returned = world.standing(view).returned(order);
  std::vector<VinId> gone(returned.begin(), returned.end());
  if (!view.sets_aside(order)) {
    for (const auto finding : world.findings().on(order)) {
      const auto vins = world.findings()[finding].vins;
      gone.insert(gone.end(), vins.begin(), vins.end());
    }
  }
  std::sort(gone.begin(), gone.end());
  const auto distinct = std::unique(gone.begin(), gone.end()) - gone.begin();
  quantity.effective -= distinct;
  return quantity;
}

}  // namespace projections
