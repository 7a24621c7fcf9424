#pragma once

#include "projections/lines.h"

namespace projections {

// Fills in over, payable, causes and findings of a line whose claims and evaluation stand.
// The causes come from evaluating the same rule under views that set findings aside and
// take corrections back.
void split_over(const World& world, Line& line);

}  // namespace projections
