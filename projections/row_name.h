#pragma once

#include <string_view>

#include "projections/event_ties.h"
#include "projections/models.h"

namespace projections {

// The entity that a printed row is of, as its first keys name it: whatever changes the row bears
// on this entity, but for the books of dealers.
EntityKey entity_of(ReadModel model, std::string_view row);

// Whether row `a` is printed before row `b`, which is of another entity.
bool printed_before(ReadModel model, std::string_view a, std::string_view b);

}  // namespace projections
