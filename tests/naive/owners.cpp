#include "tests/naive/owners.h"

#include "tests/naive/order.h"

namespace naive {
namespace {

const Event* registration(const View& view, const std::string& customer) {
  return last(all(view, "customer.registered", {{"customer", customer}}));
}

// Joined by relations of whatever kind.
Customers whole_party(const View& view, const std::string& customer) {
  Pack any;
  any.affiliates = true;
  any.relation_kinds = {"subsidiary", "branch", "rep_office", "shareholder", "employee"};
  return party(view, &any, customer, *view.as_of);
}

bool expected(const View& view, const Order& order) {
  const auto* pack = governing_order(view, order);
  const Pack rules = pack != nullptr ? *pack : Pack{};
  if (rules.other_owners == "anyone") return true;
  if (rules.other_owners == "nobody") return false;
  const auto* buyer = registration(view, order.customer);
  if (buyer == nullptr || !buyer->flag("buys_for_system")) return false;
  return !rules.system_classes || rules.system_classes->count(buyer->text("class")) > 0;
}

}  // namespace

std::map<std::string, Owners> other_owners(const View& view) {
  std::map<std::string, Owners> owners;
  for (const auto& order : all_orders(view)) {
    std::set<std::string> usccs;
    for (const auto& member : whole_party(view, order.customer)) {
      const auto* event = registration(view, member);
      if (event != nullptr) usccs.insert(event->text("uscc"));
    }
    for (const auto& [vin, delivered] : genuine(view, order.id)) {
      const auto* event = last(all(view, "vehicle.registered", {{"vin", vin}}));
      if (event == nullptr || !event->has("owner_uscc")) continue;
      if (usccs.count(event->text("owner_uscc")) > 0) continue;
      ++owners[order.customer].others;
      if (!expected(view, order)) ++owners[order.customer].unexpected;
    }
  }
  return owners;
}

}  // namespace naive
