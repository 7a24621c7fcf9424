#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "projections/event_source.h"

namespace projections {

// The source and id of events that answers cite, read from the log once for all of them.
class EventNames {
 public:
  // `indexes` in any order, with repeats.
  static ledger::Result<EventNames> read(const EventSource& source,
                                         std::vector<std::uint32_t> indexes);

  // Appends `{"index":…,"source":…,"id":…}` for an index that was read.
  void append(std::uint32_t index, std::string& out) const;

 private:
  struct Name {
    std::uint32_t index;
    std::string json;
  };

  std::vector<Name> names_;  // sorted by index
};

}  // namespace projections
