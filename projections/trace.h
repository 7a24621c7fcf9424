#pragma once

#include <string_view>

#include "projections/models.h"

namespace projections {

// The life of the order, vehicle or filing called `name` (trail.h), a row for each event in
// log order (cli.md, `trace`). `gap` is the whole seconds, rounded down, from the time of the
// row before to that of this one: negative where a step happened before the one that stands
// before it in the log; absent in the first row. Fails with `not_found` when nothing in the cut
// has this name, and as the source does.
ledger::Result<ModelRows> print_trace(const Replay& replay, const Cut& cut, std::string_view name);

}  // namespace projections
