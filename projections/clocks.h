// The clocks of one event (events.md 1), as answers print and compare them.
#pragma once

#include <string>

#include "ledger/base/time.h"
#include "ledger/event.h"

namespace projections {

// When it was learned of: as its source says, else when the ledger stored it.
inline std::int64_t recorded_ns(const ledger::Entry& entry) {
  const auto* given = entry.event->recorded();
  return given != nullptr ? given->ns() : entry.event->appended_ns();
}

// As its source spelled it.
inline std::string as_given(const ledger::schema::Timestamp& time) {
  return to_string(
      ledger::Timestamp{time.ns(), time.offset_minutes(), time.fraction_digits(), time.zulu()});
}

}  // namespace projections
