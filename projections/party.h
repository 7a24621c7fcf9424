#pragma once

#include <vector>

#include "projections/facts.h"
#include "projections/view.h"

namespace projections {

// Whether the relation is asserted by the end of `date` and not ended: an end of the same pair,
// in the same direction, ends every earlier assertion.
bool holds_at(const Facts& facts, const RelationAsserted& relation, ledger::Date date,
              const View& view);

// The customers that count as one with `customer` at the end of `date` (policy.md 3,
// "party"), sorted by number; `customer` alone where the pack does not join affiliates.
std::vector<CustomerId> party_of(const Facts& facts, CustomerId customer, ledger::Date date,
                                 const policy::FleetPack::Accumulation& rule, const View& view);

}  // namespace projections
