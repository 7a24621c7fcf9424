#pragma once

#include <cstdint>
#include <unordered_set>

#include "projections/event_source.h"
#include "projections/replay.h"

namespace projections {

// Which events of a source exist in a cut (policy.md 2): those that no known void targets and
// that happened up to its date. Immutable once made; safe from any thread.
class KnownEvents {
 public:
  // Reads the voids. A void acts whatever its business date. Fails with the source's errors.
  static ledger::Result<KnownEvents> of(const EventSource& source, const Cut& cut);

  bool is_voided(ledger::Sequence index) const { return voided_.contains(index.value); }

  bool is_in_time(const ledger::Entry& entry) const {
    return !until_ || ledger::business_date(entry.event->time()->ns()) <= *until_;
  }

  bool hold(const ledger::Entry& entry) const {
    return !is_voided(entry.index) && is_in_time(entry);
  }

 private:
  std::optional<ledger::Date> until_;
  std::unordered_set<std::uint64_t> voided_;  // indexes
};

}  // namespace projections
