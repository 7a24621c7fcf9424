#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

// What a dealer asks for at one time.
struct Claim {
  std::string_view kind;
  bool final;
  Day day;
  std::int64_t amount_fen;
  std::vector<std::string_view> vins;
};

std::vector<std::string_view> vins_between(const Order& order, Day after, Day until) {
  std::vector<std::string_view> vins;
  for (const auto& vehicle : order.vehicles) {
    if (vehicle.complete > after && vehicle.complete <= until && !vehicle.returned) {
      vins.emplace_back(vehicle.vin);
    }
  }
  return vins;
}

int complete_of(const Order& order, Day day) {
  return static_cast<int>(vins_between(order, Day{-1}, day).size());
}

// What the pack gives for the vehicles complete on `day`.
std::int64_t entitled_fen(const Project& project, const Order& order, Day day) {
  const auto complete = complete_of(order, day);
  if (order.kind == Support::recognised) return project.customer->recognised_rate_fen * complete;
  if (order.kind == Support::special && order.quantity > 50) {
    return order.special_rate_fen * complete;
  }
  const auto basis = std::max(order.prior, own_of(project, day));
  return standard_rate_fen(project.customer->policy, order.second_version, basis) * complete;
}

void tell_request(Area& area, const Project& project, const Order& order, const Claim& claim,
                  const Name& settlement, Day day) {
  area.event(project.dealer->source, "settlement.requested", "settlement", settlement,
             area.during(day, 9, 17))
      .text("settlement", settlement)
      .text("order", order.id)
      .text("kind", claim.kind)
      .texts("vins", claim.vins);
}

void tell_approval(Area& area, const Order& order, const Claim& claim, const Name& settlement,
                   Moment time, std::int64_t amount_fen) {
  area.event(finance_system, "settlement.approved", "settlement", settlement, time, "settlement")
      .text("settlement", settlement)
      .text("order", order.id)
      .text("kind", claim.kind)
      .text("stage", claim.final ? "final" : "interim")
      .number("amount_fen", amount_fen);
}

// The credit used against an invoice; once in a while more of it than there is.
void tell_setoff(Area& area, const Project& project, std::int64_t credit_fen, Day day) {
  const auto share = area.comes(Rarity::overdrawn, 150) ? 40 : area.dice.chance(800) ? 10 : 6;
  const auto invoice = std::max<std::int64_t>(1, area.numbers.invoice - area.dice.below(400));
  area.event(finance_system, "setoff.applied", "dealer", project.dealer->id,
             area.during(working(day), 9, 17), "settlement")
      .text("dealer", project.dealer->id)
      .text("invoice", Name("INV-", invoice, 9))
      .number("amount_fen", credit_fen / 10 * share);
}

// Requests and mostly grants the claim; returns the day of the grant.
Day tell_claim(Area& area, const Project& project, Order& order, const Claim& claim) {
  Name settlement("S-", ++area.numbers.settlement, 8);
  Day day = working(claim.day);
  tell_request(area, project, order, claim, settlement, day);
  if (area.comes(Rarity::settlement_refused, 35)) {
    day = after_working_days(day, area.dice.between(2, 5));
    area.event(finance_system, "settlement.refused", "settlement", settlement,
               area.during(day, 9, 17), "settlement")
        .text("settlement", settlement)
        .text("order", order.id)
        .text("kind", claim.kind)
        .text("reason", "缺少行驶证复印件");
    settlement = Name("S-", ++area.numbers.settlement, 8);
    day = after_working_days(day, area.dice.between(3, 10));
    tell_request(area, project, order, claim, settlement, day);
  }
  const auto slow = area.comes(Rarity::settlement_slow, 18);
  day = after_working_days(day, slow ? area.dice.between(6, 9) : area.dice.between(1, 5));
  auto time = area.during(day, 9, 17);
  if (area.comes(Rarity::settlement_mistyped, 70)) {
    tell_approval(area, order, claim, settlement, time, claim.amount_fen * 10);
    time = area.void_latest(finance_system, "金额多录一位") + hour;
  }
  tell_approval(area, order, claim, settlement, time, claim.amount_fen);
  if (area.dice.chance(850)) {
    tell_setoff(area, project, claim.amount_fen, time.day() + area.dice.between(3, 30));
  }
  return time.day();
}

// The claim of support on `day`: what is entitled less what was granted; now and then
// one vehicle too many.
void tell_support_claim(Area& area, const Project& project, Order& order, Day since, Day day,
                        bool final) {
  Claim claim{spelled(order.kind), final, day, 0, vins_between(order, since, day)};
  const auto entitled = entitled_fen(project, order, day);
  claim.amount_fen = std::max<std::int64_t>(0, entitled - order.granted_fen);
  if (claim.vins.empty() || claim.amount_fen == 0) return;
  if (area.comes(Rarity::settlement_wrong, 40)) {
    claim.amount_fen += entitled / complete_of(order, day);
  }
  order.settled = tell_claim(area, project, order, claim);
  order.granted_fen += claim.amount_fen;
}

// What support does not cover: the fee of direct orders, rewards, rebates.
void tell_other_claims(Area& area, const Project& project, Order& order, Day last) {
  std::vector<std::string_view> vins;
  for (const auto& vehicle : order.vehicles) {
    if (!vehicle.returned) vins.emplace_back(vehicle.vin);
  }
  if (vins.empty()) return;
  const auto count = static_cast<std::int64_t>(vins.size());
  if (order.hq_direct) {
    tell_claim(area, project, order,
               {"delivery_fee", true, last + 3, count * delivery_fee_fen, vins});
  }
  if (order.reward_bp > 0) {
    std::int64_t price_fen = 0;
    for (const auto& vehicle : order.vehicles) {
      if (!vehicle.returned) price_fen += vehicle.price_fen;
    }
    const auto amount_fen = (price_fen * order.reward_bp + 5'000) / 10'000;
    tell_claim(area, project, order, {"reward", true, last + 5, amount_fen, vins});
  }
  if ((order.hq_direct || order.kind == Support::special) &&
      area.comes(Rarity::floating_rebate, 4)) {
    tell_claim(area, project, order, {"floating_rebate", true, last + 6, count * 120'000, vins});
  }
}

}  // namespace

void tell_claims(Area& area, const Project& project, Order& order) {
  Day first = period_end;
  Day last = order.vehicles.back().delivered;
  tell_other_claims(area, project, order, last);
  if (order.hq_direct || order.rejected) return;
  for (const auto& vehicle : order.vehicles) {
    if (vehicle.complete == period_end) continue;
    first = std::min(first, vehicle.complete);
    last = std::max(last, vehicle.complete);
  }
  const Day interim = working(first + 14);
  Day since{-1};
  if (interim + 12 < last && area.dice.chance(600)) {
    tell_support_claim(area, project, order, since, interim, false);
    since = interim;
  }
  tell_support_claim(area, project, order, since, working(last + area.dice.between(1, 6)), true);
}

void tell_true_up(Area& area, const Project& project, Order& order) {
  if (order.kind != Support::standard || order.granted_fen == 0) return;
  Day last = order.settled;
  for (const auto& other : project.orders) {
    for (const auto& vehicle : other.vehicles) {
      last = std::max(last, vehicle.delivered);
    }
  }
  const auto owed = entitled_fen(project, order, last) - order.granted_fen;
  if (owed <= 0 || area.dice.chance(200)) return;
  order.settled = tell_claim(area, project, order,
                             {spelled(order.kind), true, last + area.dice.between(3, 12), owed,
                              vins_between(order, Day{-1}, last)});
  order.granted_fen += owed;
}

}  // namespace cli::generate
