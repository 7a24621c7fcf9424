#pragma once

#include "ledger/base/error.h"
#include "ledger/event.h"
#include "projections/facts.h"

namespace projections {

// Folds one event into the facts. `voided`: an event.voided known to the cut targets it, so that
// what it leaves is marked from the start (Facts::mark_voided does so later). Events that no
// rule reads leave nothing. Pure: reads no clock, and the same events in the
// same order give the same facts. Fails with `corrupt` only on a policy pack that the
// ledger should never have admitted, and with `invalid` for an event of a version of the rules
// that is not known.
ledger::Status fold(Facts& facts, const ledger::Entry& entry, bool voided);

}  // namespace projections
