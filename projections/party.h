#pragma once

#include <vector>

#include "projections/facts.h"
#include "projections/view.h"

namespace projections {

// The customers that count as one with `customer` at the end of `date` (policy.md 3,
// "party"), sorted by number; `customer` alone where the pack does not join affiliates.
std::vector<CustomerId> party_of(const Facts& facts, CustomerId customer, ledger::Date date,
                                 const policy::FleetPack::Accumulation& rule, const View& view);

}  // namespace projections
