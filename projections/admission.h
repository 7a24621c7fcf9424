// What the policy demands of an event before it enters the log.
#pragma once

#include "ledger/base/error.h"
#include "ledger/event.h"
#include "ledger/log.h"

namespace projections {

// Decides whether `event` may enter after all of `before`; of the form ledger::Admission.
// A `policy.published` must hold a pack that parses, of the policy and version it states,
// not published before. An `event.voided` must have a target in the log, which is neither a
// pack nor a void; voiding again is allowed. Everything else enters. Refuses with `invalid`;
// errors of reading the log are passed on. The caller sorts out repeated events first: a
// pack sent twice under one source and id must not come here the second time.
ledger::Status admit(const ledger::Entry& event, const ledger::Pending& before);

}  // namespace projections
