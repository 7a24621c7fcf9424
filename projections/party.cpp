#include "projections/party.h"

#include <algorithm>

namespace projections {
namespace {

// Whether the pack lets the relation join its two customers.
bool joins(const Facts& facts, const RelationAsserted& relation, ledger::Date date,
           const policy::FleetPack::Accumulation& rule, const View& view) {
  return relation.evidenced && rule.kinds.contains(relation.kind) &&
         holds_at(facts, relation, date, view);
}

}  // namespace

bool holds_at(const Facts& facts, const RelationAsserted& relation, ledger::Date date,
              const View& view) {
  if (!view.sees(relation) || relation.day > date.days) return false;
  const auto* end = facts.relations_ended.latest(
      facts.customers[relation.customer.value].ended, [&](const RelationEnded& ended) {
        return view.sees(ended) && ended.related == relation.related && ended.day <= date.days &&
               earlier(relation, ended);
      });
  return end == nullptr;
}

std::vector<CustomerId> party_of(const Facts& facts, CustomerId customer, ledger::Date date,
                                 const policy::FleetPack::Accumulation& rule, const View& view) {
  std::vector<CustomerId> party{customer};
  if (!rule.affiliates) return party;
  const auto join = [&](CustomerId other) {
    if (std::find(party.begin(), party.end(), other) == party.end()) party.push_back(other);
  };
  std::size_t reached = 0;
  while (reached < party.size()) {  // which grows under way
    const auto& member = facts.customers[party[reached++].value];
    facts.relations.each(member.asserted, [&](const RelationAsserted& relation) {
      if (joins(facts, relation, date, rule, view)) join(relation.related);
    });
    for (FactRef at = member.asserted_of; at != no_fact;) {
      const auto& relation = facts.relations[at];
      if (joins(facts, relation, date, rule, view)) join(relation.customer);
      at = relation.previous_of_related;
    }
  }
  std::sort(party.begin(), party.end());
  return party;
}

}  // namespace projections
