// What is said of an event that the log, or a rehearsal of it, does not take for where it came.
#pragma once

#include <cstdint>

#include "ledger/base/message.h"
#include "ledger/event.h"

namespace ledger {

// It has a recordedtime, which lies beyond the ledger's clock and tolerance: `latest_ns`, of UTC.
Message recorded_too_late(const schema::Event& event, std::int64_t latest_ns);

// Its source and id are those of another event, at that index.
Message id_taken(const schema::Event& event, Sequence first);

}  // namespace ledger
