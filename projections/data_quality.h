#pragma once

#include "projections/models.h"

namespace projections {

// Identifiers that are not as their standards ask (policy/identifier.h), each value once, at
// the first event that has it; a plate once for each vehicle. Rows by log index, then in the
// order of the catalogue: `index`, `subject`, `field`, `kind` (`vin`, `uscc`, `plate`),
// `value`, `why` (length, character, check_digit, province, pattern). A plate is personal: of
// its value only the first character is printed, the others as `*`; a sealed one is not
// looked at: give a source that shows it. Nothing is refused for any of this. Fails with the
// source's errors.
ledger::Result<ModelRows> print_data_quality(const EventSource& source, const Cut& cut);

}  // namespace projections
