// What the policy demands of an event before it enters the log.
#pragma once

#include "ledger/base/error.h"
#include "ledger/event.h"
#include "ledger/log.h"
#include "projections/event_source.h"

namespace projections {

// Decides what may enter a log, event by event, given all that comes before: a new function
// for each log, since it remembers keys and packs.
// A `policy.published` must hold a pack that parses, of the policy and version it states, not
// published before. An `event.voided` must have a target in the log, which is neither a pack
// nor a void; voiding again is allowed. A key is enrolled once, under the id that follows from
// it, and what is revoked was enrolled. What is signed must be signed well by a key that stands,
// of its role and dealer; what a pack or the ledger's config wants signed must be. Everything
// else enters. Refuses with `invalid`; errors of reading the log are passed on. The caller sorts
// out repeated events first: a pack sent twice under one source and id must not come here the
// second time.
ledger::Admission admission();
// The rules for packs and voids, of an event that is only supposed, after all of a source:
// nobody signs what never happened.
ledger::Status admit_supposed(const ledger::Entry& event, const EventSource& before);

}  // namespace projections
