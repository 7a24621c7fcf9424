#pragma once

#include <string>
#include <vector>

#include "projections/conditions.h"
#include "projections/event_names.h"

namespace projections {

// Appends the failed conditions as a JSON array of `{clause, condition, event}`.
void append_unmet(const std::vector<Unmet>& unmet, const EventNames& events, std::string& out);

}  // namespace projections
