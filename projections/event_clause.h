#pragma once

#include <string_view>

#include "ledger/event.h"

namespace projections {

// The clause that an event acts under; empty for the types that no clause is about. Fines,
// claims and appeals stand under what they follow from: N8.4, or N8.3 for a complaint.
std::string_view clause_of(const ledger::Entry& entry);

}  // namespace projections
