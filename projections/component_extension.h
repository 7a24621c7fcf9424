#pragma once

#include <map>
#include <set>

#include "projections/components.h"
#include "projections/tied_rows.h"

namespace projections {

// Internal to `Components`: takes the events in that a log has beyond its tables, at a cost that
// goes by their number and by the components that they join.
class ComponentExtension {
 public:
  // Both must outlive it.
  ComponentExtension(Components& components, const EventSource& source)
      : components_(components), source_(source) {}

  // False when the tables cannot be continued. Fails with the source's errors.
  ledger::Result<bool> run();

 private:
  void add(const ledger::Entry& entry);
  ledger::Status add_void(const ledger::Entry& entry);
  void place(ledger::Sequence voiding, const ledger::Entry& target);
  Unit unit(EntityKey key);
  void join(Unit a, Unit b);
  void gather();
  bool find_last_day();

  Components& components_;
  const EventSource& source_;
  TiedRows<Unit> rows_;
  std::set<Unit> with_order_;
  std::map<std::uint64_t, std::int32_t> days_;  // of the new events that count, by index
  std::set<std::uint64_t> voided_;              // new events
  std::optional<std::int32_t> voided_day_;      // the latest of events of the tables now voided
  EventTies ties_;
};

}  // namespace projections
