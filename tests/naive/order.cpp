#include "tests/naive/order.h"

#include "tests/naive/calendar.h"

namespace naive {
namespace {

std::optional<std::string> optional_text(const Event& event, std::string_view field) {
  if (!event.has(field)) return std::nullopt;
  return event.text(field);
}

bool has_notice(const View& view, const Pack& pack, ledger::Date date, std::string_view dealer) {
  if (pack.version == 1) return true;
  const auto notices =
      all(view, "policy.notice_delivered", {{"policy", pack.policy}, {"dealer", dealer}});
  for (const auto* notice : until(notices, date)) {
    if (notice->number("version") == pack.version) return true;
  }
  return false;
}

// The packs of `model` whose range holds `date`.
std::vector<const Pack*> packs_for(const View& view, std::string_view model, ledger::Date date) {
  std::vector<const Pack*> result;
  for (const auto* event : all(view, "policy.published")) {
    const auto& pack = view.history->packs.at(event->index);
    if (pack.model == model && pack.holds(date)) result.push_back(&pack);
  }
  return result;
}

// Whether the two customers are related as of the end of `date`, in this direction.
bool related(const View& view, const Pack& pack, const std::string& customer,
             const std::string& other, ledger::Date date) {
  bool active = false;
  const auto events = all(view, {"customer.relation_asserted", "customer.relation_ended"},
                          {{"customer", customer}, {"related", other}});
  for (const auto* event : until(events, date)) {
    if (event->type == "customer.relation_ended") {
      active = false;
    } else if (pack.relation_kinds.count(event->text("kind")) > 0 &&
               !event->list("evidence").empty()) {
      active = true;
    }
  }
  return active;
}

// The first day whose deliveries count as prior of `order`.
ledger::Date window_start(const View& view, const Pack& pack, const Order& order) {
  const auto order_date = order.created->date;
  const auto year_start = day_of(year_of(order_date), 1, 1);
  if (pack.window != "agreement" || !order.agreement) return year_start;

  const auto of_agreement = [&](std::string_view type) {
    return all(view, type, {{"agreement", *order.agreement}});
  };
  const auto* signing = last(of_agreement("agreement.signed"));
  if (signing == nullptr || signing->date > order_date) return year_start;
  if (until(of_agreement("agreement.uploaded"), order_date).empty()) return year_start;
  if (!until(of_agreement("agreement.terminated"), order_date).empty()) return year_start;

  const int signed_year = year_of(signing->date);
  const bool first_half = signing->date < day_of(signed_year, 7, 1);
  const auto end = day_of(first_half ? signed_year : signed_year + 1, 12, 31);
  return order_date <= end ? signing->date : year_start;
}

}  // namespace

std::optional<Order> find_order(const View& view, std::string_view id) {
  const auto* created = last(all(view, "order.created", {{"order", id}}));
  if (created == nullptr) return std::nullopt;
  Order order;
  order.id = id;
  order.dealer = created->text("dealer");
  order.customer = created->text("customer");
  order.channel = created->text("channel");
  order.project = created->has("project") ? created->text("project") : order.id;
  order.filing = optional_text(*created, "filing");
  order.agreement = optional_text(*created, "agreement");
  order.policy = optional_text(*created, "policy");
  order.special_spec = created->flag("special_spec");
  order.created = created;
  return order;
}

std::vector<Order> all_orders(const View& view) {
  std::vector<Order> orders;
  for (const auto* created : standing(view, "order.created", {"order"})) {
    orders.push_back(*find_order(view, created->text("order")));
  }
  return orders;
}

const Pack* governing(const View& view, const std::optional<std::string>& name,
                      std::string_view model, ledger::Date date, std::string_view dealer) {
  const auto in_range = packs_for(view, model, date);
  std::set<std::string> candidates;
  for (const auto* pack : in_range) candidates.insert(pack->policy);
  if (!name && candidates.size() != 1) return nullptr;

  const auto policy = name ? *name : *candidates.begin();
  const Pack* highest = nullptr;
  for (const auto* pack : in_range) {
    if (pack->policy != policy || !has_notice(view, *pack, date, dealer)) continue;
    if (highest == nullptr || pack->version > highest->version) highest = pack;
  }
  return highest;
}

const Pack* governing_order(const View& view, const Order& order) {
  return governing(view, order.policy, "nev-fleet", order.created->date, order.dealer);
}

Customers party(const View& view, const Pack* pack, const std::string& customer,
                ledger::Date date) {
  Customers group{customer};
  if (pack == nullptr || !pack->affiliates) return group;
  Customers everyone;
  for (const auto* event : all(view, "customer.relation_asserted")) {
    everyone.insert(event->text("customer"));
    everyone.insert(event->text("related"));
  }
  for (std::size_t size_before = 0; group.size() > size_before;) {
    size_before = group.size();
    for (const auto& member : Customers(group)) {
      for (const auto& other : everyone) {
        if (related(view, *pack, member, other, date) ||
            related(view, *pack, other, member, date)) {
          group.insert(other);
        }
      }
    }
  }
  return group;
}

Vins prior(const View& view, const Pack& pack, const Order& order) {
  const auto members = party(view, &pack, order.customer, order.created->date);
  const auto start = window_start(view, pack, order);
  Vins vins;
  for (const auto& other : all_orders(view)) {
    if (other.project == order.project || other.channel != "dealer") continue;
    if (members.count(other.customer) == 0) continue;
    for (const auto& [vin, delivered] : genuine(view, other.id)) {
      if (start <= delivered && delivered <= order.created->date) vins.insert(vin);
    }
  }
  return vins;
}

Vins own(const View& view, const Pack& pack, const Order& order) {
  const auto members = party(view, &pack, order.customer, order.created->date);
  Vins vins;
  for (const auto& other : all_orders(view)) {
    if (other.project != order.project || other.channel != "dealer") continue;
    if (members.count(other.customer) == 0) continue;
    for (const auto& [vin, delivered] : genuine(view, other.id)) vins.insert(vin);
  }
  return vins;
}

const Event& quantity_event(const View& view, const Order& order) {
  const auto* reduced = last(all(view, "order.quantity_reduced", {{"order", order.id}}));
  const bool later = reduced != nullptr && earlier(*order.created, *reduced);
  return later ? *reduced : *order.created;
}

std::int64_t effective_quantity(const View& view, const Order& order) {
  Vins lost;
  for (const auto& finding : findings_on(view, order.id)) {
    lost.insert(finding.vins.begin(), finding.vins.end());
  }
  const auto moves = all(view, {"vehicle.delivered", "vehicle.returned"}, {{"order", order.id}});
  std::map<std::string, std::string> latest_move;
  for (const auto* move : moves) latest_move[move->text("vin")] = move->type;
  for (const auto& [vin, type] : latest_move) {
    if (type == "vehicle.returned") lost.insert(vin);
  }
  return quantity_event(view, order).number("quantity") - static_cast<std::int64_t>(lost.size());
}

std::int64_t complete_count(const View& view, const Pack& pack, const Order& order) {
  if (pack.needs_status && all(view, "order.status_entered", {{"order", order.id}}).empty()) {
    return 0;
  }
  std::int64_t count = 0;
  for (const auto& [vin, delivered] : genuine(view, order.id)) {
    if (pack.needs_registered && all(view, "vehicle.registered", {{"vin", vin}}).empty()) continue;
    if (pack.needs_local_subsidy &&
        all(view, "subsidy.applied", {{"vin", vin}, {"programme", "local"}}).empty()) {
      continue;
    }
    ++count;
  }
  return count;
}

}  // namespace naive
