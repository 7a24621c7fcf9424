// Which ids an event mentions: what the map of mentions is made of (docs/FORMATS.md).
#pragma once

#include <string_view>
#include <vector>

#include "ledger/event.h"

namespace ledger {

// Every id that an event mentions, once, in byte order: the key of its subject (all after the
// first `/`), each value of kind id, vin, uscc or key_id in its data, the persons whose sealed
// values it holds, and the events that it names as correlation and causation. An id stands for
// itself, whatever it is an id of: one way to miss an event less. The views point into the entry.
std::vector<std::string_view> mentions_of(const Entry& entry);

// The id that a subject is about, `O1` for `order/O1`; without a `/` it is the id itself.
std::string_view id_of_subject(std::string_view subject);

}  // namespace ledger
