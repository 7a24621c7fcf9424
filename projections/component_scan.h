#pragma once

#include <memory>

#include "projections/component_tables.h"
#include "projections/event_source.h"

namespace projections {

// Makes the tables of all that the source holds, in memory: one scan, and a lookup for each void.
// Fails with the source's errors, and with `invalid` for 2^32 − 1 events or more.
ledger::Result<std::shared_ptr<const ComponentTables>> scan_components(const EventSource& source);

}  // namespace projections
