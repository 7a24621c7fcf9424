#pragma once

#include <memory>
#include <optional>
#include <string>

#include "projections/components.h"
#include "projections/excerpt.h"
#include "projections/replay.h"

namespace projections {

// What rows of a read model are wanted: those that have all that is given. `line` is the name of
// a line, a fine or a demo car.
struct Asked {
  std::optional<std::string> order, customer, dealer, line;

  bool anything() const { return order || customer || dealer || line; }
};

// A replay of a part of a log, with the events it is of.
struct PartialReplay {
  std::unique_ptr<const Excerpt> events;
  std::unique_ptr<Replay> replay;
};

// Replays the events that the rows asked for come of, in whatever read model: they are what a
// replay of everything gives, and the rows of anything else mean nothing. Nothing when everything
// must be replayed to answer as that would. Fails as a replay does.
ledger::Result<std::optional<PartialReplay>> replay_for(const Asked& asked,
                                                        const EventSource& source,
                                                        const Components& components, Cut cut,
                                                        unsigned threads);

}  // namespace projections
