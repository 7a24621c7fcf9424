#include <algorithm>
#include <string_view>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

int draw_quantity(Area& area, bool special) {
  if (special) return area.dice.between(45, 120);
  const auto draw = area.dice.below(100);
  if (draw < 55) return area.dice.between(1, 5);
  if (draw < 82) return area.dice.between(5, 12);
  if (draw < 95) return area.dice.between(10, 30);
  return area.dice.between(25, 50);
}

Support draw_kind(Area& area, const Customer& customer) {
  if (customer.customer_class == CustomerClass::recognised) return Support::recognised;
  if (customer.policy == Policy::nev && area.comes(Rarity::special, 45)) return Support::special;
  return Support::standard;
}

// What the customer had from other projects this year when the order came.
int prior_of(const Project& project, Day day) {
  int count = 0;
  for (const auto& handover : project.customer->handovers) {
    if (handover.day <= day && year_of(handover.day) == year_of(day)) count += handover.vehicles;
  }
  return count;
}

void tell_creation(Area& area, const Project& project, const Order& order, bool special_spec) {
  auto line = area.event(project.dealer->source, "order.created", "order", order.id, order.created);
  line.text("order", order.id)
      .text("dealer", project.dealer->id)
      .text("customer", project.customer->id)
      .text("project", project.id)
      .number("quantity", order.quantity)
      .text("channel", order.hq_direct ? "hq_direct" : "dealer");
  if (area.comes(Rarity::wrong_filing_named, 130)) {
    line.text("filing", Name("F-2017-", std::max<std::int64_t>(1, area.numbers.filing - 7), 6));
  } else if (!area.comes(Rarity::no_filing_named, 90)) {
    line.text("filing", project.filing);
  }
  if (special_spec) line.flag("special_spec", true);
  if (!project.customer->agreement.empty()) line.text("agreement", project.customer->agreement);
  if (!area.comes(Rarity::no_policy_named, 120)) {
    line.text("policy", id_of(project.customer->policy));
  }
}

void tell_spec_approval(Area& area, const Order& order) {
  const auto late = area.comes(Rarity::spec_approved_late, 6);
  area.event(order_system, "order.spec_approved", "order", order.id,
             late ? order.created + 30 * hour : order.created + -20 * hour, "sales_gm")
      .text("order", order.id);
}

// The request and the decision, mostly within 48 hours.
void tell_support(Area& area, Order& order, const Project& project) {
  const auto kind = spelled(order.kind);
  const auto requested = order.created + area.dice.between(10, 150) * minute;
  area.event(project.dealer->source, "order.support_requested", "order", order.id, requested)
      .text("order", order.id)
      .text("kind", kind);

  const auto hours =
      area.comes(Rarity::support_late, 20) ? area.dice.between(49, 90) : area.dice.between(2, 44);
  const auto decided = requested + hours * hour;
  order.rejected = area.comes(Rarity::support_refused, 40);
  order.second_version = project.customer->policy == Policy::nev &&
                         decided.day() >= second_version_from &&
                         project.dealer->noticed <= decided.day();
  const std::string_view role = order.kind == Support::standard ? "fleet_dept" : "sales_gm";
  auto line = area.event(order_system, "order.support_decided", "order", order.id, decided, role);
  line.text("order", order.id)
      .text("kind", kind)
      .text("decision", order.rejected ? "rejected" : "approved");
  if (order.kind == Support::special && !order.rejected) {
    order.special_rate_fen = area.dice.between(6, 10) * std::int64_t{100'000};
    line.number("rate_fen", order.special_rate_fen);
  }
  line.text("approver_role", role);
}

void tell_tender(Area& area, const Project& project, Order& order) {
  const bool national = area.dice.chance(800);
  order.reward_bp = area.comes(Rarity::reward_too_high, 9) ? 350 : area.dice.between(1, 6) * 50;
  area.event(order_system, "reward.tender_won", "order", order.id, order.created + 26 * hour)
      .text("order", order.id)
      .text("dealer", project.dealer->id)
      .flag("national", national)
      .flag("informed", true)
      .flag("took_part", area.dice.chance(900));
  area.event(order_system, "reward.decided", "order", order.id, order.created + 200 * hour,
             "sales_gm")
      .text("order", order.id)
      .text("dealer", project.dealer->id)
      .number("rate_bp", order.reward_bp);
}

// Records the order under a wrong quantity, voids that, and records it again.
void tell_mistaken(Area& area, const Project& project, Order& order) {
  const auto meant = order.quantity;
  order.quantity *= 10;
  tell_creation(area, project, order, false);
  area.void_latest(project.dealer->source, "数量录入错误");
  order.quantity = meant;
}

}  // namespace

void tell_order(Area& area, Project& project, Day day) {
  Order order{};
  order.id = Name("O-", ++area.numbers.order, 8);
  order.kind = draw_kind(area, *project.customer);
  order.hq_direct = order.kind == Support::standard && area.comes(Rarity::hq_direct, 25);
  order.created = area.during(day, 9, 16);
  order.quantity = draw_quantity(area, order.kind == Support::special);
  order.prior = prior_of(project, day);
  order.settled = day;
  const bool special_spec = area.comes(Rarity::special_spec, 15);
  if (area.comes(Rarity::order_mistaken, 100)) tell_mistaken(area, project, order);
  tell_creation(area, project, order, special_spec);
  if (special_spec) tell_spec_approval(area, order);
  if (!order.hq_direct || area.comes(Rarity::direct_supported, 9)) {
    tell_support(area, order, project);
  }
  if (order.kind == Support::special && area.comes(Rarity::doubly_supported, 7)) {
    Order second = order;
    second.kind = Support::standard;
    tell_support(area, second, project);
  }
  if (area.comes(Rarity::tender, 40)) tell_tender(area, project, order);

  if (area.comes(Rarity::cancelled, 40)) {
    area.event(project.dealer->source, "order.cancelled", "order", order.id,
               area.during(working(day + area.dice.between(3, 20)), 9, 17))
        .text("order", order.id)
        .text("reason", "客户预算取消");
    project.orders.push_back(std::move(order));
    return;
  }
  if (order.quantity > 1 && area.comes(Rarity::reduced, 28)) {
    order.quantity -= std::max(1, order.quantity / 8);
    area.event(project.dealer->source, "order.quantity_reduced", "order", order.id,
               area.during(working(day + area.dice.between(2, 8)), 9, 17))
        .text("order", order.id)
        .number("quantity", order.quantity)
        .text("reason", "客户减少采购数量");
  }
  project.orders.push_back(std::move(order));
  auto& kept = project.orders.back();
  tell_vehicles(area, project, kept, day + area.dice.between(8, 45));
  tell_claims(area, project, kept);
}

}  // namespace cli::generate
