#pragma once

#include <limits>

#include "projections/answer.h"
#include "projections/components.h"

namespace projections {

struct UpdateOptions {
  unsigned threads = 1;
  // With more events to replay than these, it is not worth it.
  std::uint64_t replayed_max = std::numeric_limits<std::uint64_t>::max();
};

// What `kept`, the answer of a smaller log, becomes with the events that came since: those that
// bear on what they changed are replayed, and all other rows stay, pointing where `kept` points,
// which must outlive the answer but for its file. The rows are those of a replay of `view`, all of
// whose components `components` are. Nothing where everything must be replayed: for packs,
// calendars and bank lists, for a last business date that went back, and for amounts beyond
// int64. Fails with the errors of the source and of replays.
ledger::Result<std::optional<Answer>> update_rows(ReadModel model, const Answer& kept,
                                                  const EventSource& view,
                                                  const Components& components,
                                                  const UpdateOptions& options);

}  // namespace projections
