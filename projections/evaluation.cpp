#include "projections/evaluation.h"

#include <algorithm>

#include "projections/policy/money.h"

namespace projections {
namespace {

using schema::LineKind;

std::int64_t or_overflow(std::optional<std::int64_t> amount, Evaluation& result) {
  if (!amount) result.overflow = true;
  return amount.value_or(0);
}

bool only_below_quantity(const std::vector<Unmet>& unmet) {
  return unmet.size() == 1 && unmet.front().condition == Condition::below_special_quantity;
}

void pay_per_vehicle(Evaluation& result) {
  const bool due = result.unmet.empty() || result.fallback;
  if (!due || !result.rate_fen) return;
  const auto [genuine, complete] = result.deliveries;
  result.entitled_fen = or_overflow(policy::multiply(*result.rate_fen, complete), result);
  result.pending_fen = or_overflow(policy::multiply(*result.rate_fen, genuine - complete), result);
}

void rate_by_tier(const policy::FleetPack& rules, Evaluation& result) {
  result.tier = policy::tier_for(rules.standard.tiers, result.basis());
  result.rate_fen = result.tier != nullptr ? result.tier->per_vehicle_fen : 0;
}

// Standard, special and recognised (N5.1, N5.2, N5.3).
void evaluate_support(const Case& line, Evaluation& result) {
  if (line.rules == nullptr) return;
  result.accumulated =
      accumulate(line.world, *line.created, line.party, line.rules->accumulation.window, line.view);
  result.fallback = line.kind == LineKind::special && only_below_quantity(result.unmet);
  if (line.kind == LineKind::standard || result.fallback) {
    rate_by_tier(*line.rules, result);
    result.clause = "N5.1";
  } else if (line.kind == LineKind::special) {
    if (line.decision != nullptr && line.decision->approved) {
      result.rate_fen = line.decision->rate_fen;
      result.rate_from = line.decision;
    }
  } else if (line.recognition != nullptr) {
    result.rate_fen = line.recognition->rate_fen;
    result.rate_from = line.recognition;
  }
  pay_per_vehicle(result);
}

void evaluate_delivery_fee(const Case& line, Evaluation& result) {
  if (line.rules == nullptr) return;
  result.deliveries.complete = result.deliveries.genuine;
  result.rate_fen = line.rules->hq_direct.delivery_fee_fen;
  pay_per_vehicle(result);
}

void evaluate_reward(const Case& line, Evaluation& result) {
  for (const auto& held : line.world.standing(line.view).held(line.order)) {
    if (!is_genuine(held, line.order, line.view)) continue;
    if (const auto* invoice = invoice_of(line.world, held.vin, line.order, line.view)) {
      result.invoiced_fen =
          or_overflow(policy::add(result.invoiced_fen, invoice->price_fen), result);
    }
  }
  result.rate_from = line.reward;
  if (!result.unmet.empty() || line.reward == nullptr) return;
  result.entitled_fen =
      or_overflow(policy::share_bp(result.invoiced_fen, line.reward->rate_bp), result);
}

void evaluate_floating_rebate(const Case& line, const Claims& claims, Evaluation& result) {
  const bool special = is_special(line.world, line.order, line.view);
  result.zeroed = special || line.created->channel == schema::Channel::hq_direct;
  if (special) result.clause = "N5.2";
  if (result.zeroed) {
    result.rate_fen = 0;
    return;
  }
  // The table is missing from the source: what was granted stands as the entitlement.
  const auto left = or_overflow(policy::subtract(claims.granted_fen, claims.issued_fen), result);
  result.entitled_fen =
      std::max<std::int64_t>(0, or_overflow(policy::add(left, claims.waived_fen), result));
}

std::string_view clause_of(LineKind kind) {
  switch (kind) {
    case LineKind::standard:
      return "N5.1";
    case LineKind::special:
      return "N5.2";
    case LineKind::recognised:
      return "N5.3";
    case LineKind::reward:
      return "N8.1";
    case LineKind::delivery_fee:
    case LineKind::floating_rebate:
      break;
  }
  return "N8.2";
}

}  // namespace

Evaluation evaluate(const World& world, OrderId order, LineKind kind, const Claims& claims,
                    const View& view) {
  const auto& facts = world.facts();
  const auto* created = world.standing(view).order(order);
  // The line of an unknown order is judged as it would be today.
  const auto version = created != nullptr ? created->rules_version : facts.rules_version_max;
  return facts.rules->evaluator(version)(world, order, kind, claims, view);
}

Evaluation evaluate_v1(const World& world, OrderId order, LineKind kind, const Claims& claims,
                       const View& view) {
  const Case line(world, order, kind, view);
  Evaluation result;
  result.created = line.created;
  result.pack = line.pack;
  result.party = line.party;
  result.clause = clause_of(kind);
  result.unmet = unmet_conditions(line);
  result.deliveries = deliveries_of(world, order, line.rules, view);
  if (line.created == nullptr) return result;
  switch (kind) {
    case LineKind::standard:
    case LineKind::special:
    case LineKind::recognised:
      evaluate_support(line, result);
      break;
    case LineKind::delivery_fee:
      evaluate_delivery_fee(line, result);
      break;
    case LineKind::reward:
      evaluate_reward(line, result);
      break;
    case LineKind::floating_rebate:
      evaluate_floating_rebate(line, claims, result);
      break;
  }
  return result;
}

bool is_special(const World& world, OrderId order, const View& view) {
  const Case line(world, order, LineKind::special, view);
  return line.decision != nullptr && line.decision->approved && unmet_conditions(line).empty();
}

const Invoiced* invoice_of(const World& world, VinId vin, OrderId order, const View& view) {
  const auto& facts = world.facts();
  return facts.invoices.latest(facts.vehicles[vin.value].invoices, [&](const Invoiced& invoice) {
    return view.sees(invoice) && invoice.order == order;
  });
}

}  // namespace projections
