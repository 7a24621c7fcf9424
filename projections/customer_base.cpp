#include "projections/customer_base.h"

#include <map>
#include <set>

#include "projections/counting.h"
#include "projections/json.h"
#include "projections/known_events.h"
#include "projections/party.h"
#include "projections/policy/money.h"

namespace projections {
namespace {

using ledger::Date;
using policy::Int128;
using P = schema::Payload;

// Of one customer, what only the events say.
struct Contact {
  std::int64_t visits = 0, answers = 0;
  std::optional<Date> last_visit, last_answer;
  std::int64_t satisfaction = 0;
};

struct Purchases {
  std::int64_t filings = 0, orders = 0, vehicles = 0, other_owners = 0, unexpected_owners = 0;
  Int128 invoiced_fen = 0, granted_fen = 0;
};

policy::FleetPack::Accumulation any_relation() {
  policy::FleetPack::Accumulation rule{true, {}, policy::Window::policy_year};
  for (const auto kind : schema::EnumValuesCustomerRelationKind()) rule.kinds.insert(kind);
  return rule;
}

class CustomerBase {
 public:
  explicit CustomerBase(const Replay& replay)
      : replay_(replay), facts_(replay.facts()), as_of_(replay.as_of().value_or(Date{})) {}

  // Reads what the fold does not keep: contacts, and the owners cars are registered to.
  ledger::Status read(const KnownEvents& known);
  void count_purchases();

  ModelRows print() const;

 private:
  const CustomerRegistered* registered(CustomerId customer) const {
    return facts_.registered.latest(facts_.customers[customer.value].registered, stands);
  }

  void count_order(const OrderCreated& order);
  bool expects_other_owners(const OrderCreated& order) const;
  bool is_known(CustomerId customer) const;
  std::string row_of(std::string_view name, const Contact& contact, bool& fits) const;
  void put_relations(CustomerId customer, JsonObject& object) const;

  const Replay& replay_;
  const Facts& facts_;
  Date as_of_;
  std::map<std::string, Contact, std::less<>> contacts_;
  std::set<std::string, std::less<>> buys_for_system_;
  // By VIN; the latest registration of each, by date, then by index.
  std::map<std::string, std::pair<Date, std::string>, std::less<>> owners_;
  std::map<CustomerId, Purchases> purchases_;
};

ledger::Status CustomerBase::read(const KnownEvents& known) {
  std::map<std::string, Date, std::less<>> stated;  // customers, by their latest registration
  return replay_.source().scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    if (!known.hold(entry)) return ledger::Ok{};
    const auto day = ledger::business_date(entry.event->time()->ns());
    if (entry.type() == P::CustomerVisited) {
      auto& contact = contacts_[entry.payload<schema::CustomerVisited>().customer()->str()];
      ++contact.visits;
      contact.last_visit = std::max(contact.last_visit.value_or(day), day);
    } else if (entry.type() == P::CustomerSatisfactionRecorded) {
      const auto& data = entry.payload<schema::CustomerSatisfactionRecorded>();
      auto& contact = contacts_[data.customer()->str()];
      ++contact.answers;
      if (contact.last_answer && day < *contact.last_answer) return ledger::Ok{};
      contact.last_answer = day;
      contact.satisfaction = data.score();
    } else if (entry.type() == P::CustomerRegistered) {
      const auto& data = entry.payload<schema::CustomerRegistered>();
      const auto [at, first] = stated.emplace(data.customer()->str(), day);
      if (!first && day < at->second) return ledger::Ok{};
      at->second = day;
      if (data.buys_for_system().value_or(false)) {
        buys_for_system_.insert(at->first);
      } else {
        buys_for_system_.erase(at->first);
      }
    } else if (entry.type() == P::VehicleRegistered) {
      const auto& data = entry.payload<schema::VehicleRegistered>();
      auto& [latest, owner] = owners_[data.vin()->str()];
      if (day < latest) return ledger::Ok{};
      latest = day;
      owner = data.owner_uscc() != nullptr ? data.owner_uscc()->str() : std::string();
    }
    return ledger::Ok{};
  });
}

// Whether the policy of the order expects others than the buyer's party to own its cars.
bool CustomerBase::expects_other_owners(const OrderCreated& order) const {
  const auto* pack = replay_.world().pack_of(order.order);
  const auto rules = pack != nullptr ? pack->fleet()->buyers : policy::any_buyers();
  if (rules.other_owners != policy::OtherOwners::class_b)
    return rules.other_owners == policy::OtherOwners::anyone;
  const auto* registration = registered(order.customer);
  return registration != nullptr && rules.system_classes.contains(registration->customer_class) &&
         buys_for_system_.contains(facts_.customer_names[order.customer.value]);
}

void CustomerBase::count_order(const OrderCreated& order) {
  auto& purchases = purchases_[order.customer];
  ++purchases.orders;
  const bool expected = expects_other_owners(order);
  std::set<std::string_view> usccs;  // of the party
  for (const auto member : party_of(facts_, order.customer, as_of_, any_relation(), View{})) {
    const auto* registration = registered(member);
    if (registration != nullptr && registration->uscc)
      usccs.insert(facts_.texts[registration->uscc.value]);
  }
  for (const auto& held : replay_.world().standing(View{}).held(order.order)) {
    if (!is_genuine(held, order.order, View{})) continue;
    ++purchases.vehicles;
    if (const auto* invoice = invoice_of(replay_.world(), held.vin, order.order, View{}))
      purchases.invoiced_fen += invoice->price_fen;
    const auto owner = owners_.find(facts_.vin_names[held.vin.value]);
    const bool told = owner != owners_.end() && !owner->second.second.empty();
    if (!told || usccs.contains(owner->second.second)) continue;
    ++purchases.other_owners;
    if (!expected) ++purchases.unexpected_owners;
  }
}

void CustomerBase::count_purchases() {
  const auto& standing = replay_.world().standing(View{});
  for (std::uint32_t number = 0; number < facts_.orders.size(); ++number) {
    if (const auto* order = standing.order(OrderId{number})) count_order(*order);
  }
  for (const auto& settlement : facts_.settlements.all()) {
    const auto* order = standing.order(settlement.order);
    if (order != nullptr && stands(settlement) && settlement.step == Settlement::Kind::approved)
      purchases_[order->customer].granted_fen += settlement.amount_fen;
  }
  for (const auto& filing : facts_.filings) {
    const auto* submitted = facts_.submitted.latest(filing.submitted, stands);
    if (submitted != nullptr) ++purchases_[submitted->customer].filings;
  }
}

bool CustomerBase::is_known(CustomerId customer) const {
  if (registered(customer) != nullptr || purchases_.contains(customer)) return true;
  return party_of(facts_, customer, as_of_, any_relation(), View{}).size() > 1;
}

void CustomerBase::put_relations(CustomerId customer, JsonObject& object) const {
  std::set<std::string> relations;
  facts_.relations.each(facts_.customers[customer.value].asserted,
                        [&](const RelationAsserted& relation) {
                          if (!holds_at(facts_, relation, as_of_, View{})) return;
                          std::string text;
                          JsonObject one(text);
                          one.text("related", facts_.customer_names[relation.related.value]);
                          one.text("kind", schema::EnumNameCustomerRelationKind(relation.kind));
                          one.truth("evidenced", relation.evidenced);
                          one.close();
                          relations.insert(std::move(text));
                        });
  object.array("relations", relations,
               [](const std::string& relation, std::string& out) { out += relation; });
  std::set<std::string_view> party;
  for (const auto member : party_of(facts_, customer, as_of_, any_relation(), View{}))
    party.insert(facts_.customer_names[member.value]);
  object.array("party", party,
               [](std::string_view member, std::string& out) { append_quoted(member, out); });
}

std::string CustomerBase::row_of(std::string_view name, const Contact& contact, bool& fits) const {
  const CustomerId customer{facts_.customer_names.find(name)};
  const auto* registration = customer ? registered(customer) : nullptr;
  const auto bought = purchases_.find(customer);
  const auto purchases = bought != purchases_.end() ? bought->second : Purchases{};
  const auto invoiced = policy::narrow(purchases.invoiced_fen);
  const auto granted = policy::narrow(purchases.granted_fen);
  fits = invoiced && granted;
  std::string row;
  JsonObject object(row);
  object.text("customer", name);
  if (registration != nullptr) {
    object.text("class", schema::EnumNameCustomerClass(registration->customer_class));
    if (registration->uscc) object.text("uscc", facts_.texts[registration->uscc.value]);
    object.text("buyer", buys_for_system_.contains(name) ? "B" : "A");
  }
  if (customer) {
    put_relations(customer, object);
  } else {
    object.raw("relations", "[]");
    object.array("party", std::initializer_list<std::string_view>{name},
                 [](std::string_view member, std::string& out) { append_quoted(member, out); });
  }
  object.number("filings", purchases.filings);
  object.number("orders", purchases.orders);
  object.number("vehicles", purchases.vehicles);
  object.number("invoiced_fen", invoiced.value_or(0));
  object.number("granted_fen", granted.value_or(0));
  object.number("other_owners", purchases.other_owners);
  object.number("unexpected_owners", purchases.unexpected_owners);
  object.number("visits", contact.visits);
  if (contact.last_visit) object.text("last_visit", to_string(*contact.last_visit));
  object.number("answers", contact.answers);
  if (contact.last_answer) object.number("satisfaction", contact.satisfaction);
  object.close();
  return row;
}

ModelRows CustomerBase::print() const {
  auto all = contacts_;
  for (std::uint32_t number = 0; number < facts_.customer_names.size(); ++number) {
    if (is_known(CustomerId{number})) all.try_emplace(std::string(facts_.customer_names[number]));
  }
  ModelRows result;
  for (const auto& [name, contact] : all) {
    bool fits = true;
    auto row = row_of(name, contact, fits);
    if (fits) {
      result.rows.push_back(std::move(row));
    } else {
      result.overflows.push_back(name);
    }
  }
  return result;
}

}  // namespace

ledger::Result<ModelRows> print_customers(const Replay& replay, const Cut& cut) {
  const auto known = TRY(KnownEvents::of(replay.source(), cut));
  CustomerBase base(replay);
  TRY(base.read(known));
  base.count_purchases();
  return base.print();
}

}  // namespace projections
