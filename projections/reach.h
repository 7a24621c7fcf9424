#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "projections/components.h"

namespace projections {

// What some events bear on, whether they are in the log or come on top of it: the components
// whose lines they could move, and the events from which those lines can be evaluated. Refers
// to the components, which must outlive it. One thread.
class Reach {
 public:
  explicit Reach(const Components& components) : components_(components) {}

  // Adds an event that is no void; of a void, its target.
  void add(const ledger::Entry& entry);

  // Adds a component whose lines are wanted.
  void add(Unit component) { reached_.insert(component); }

  // Adds what an entity is in, if the log knows it.
  void add(Entity entity, std::string_view id);

  // Adds all that the rows of a dealer come of.
  void add_books(std::string_view dealer);

  // A demo car may be approved for one dealer and go to another; whether it was to be approved,
  // the books of the first say. Adds those of the demo cars among `events`.
  ledger::Status add_approving_dealers(const EventSource& events);

  // Adds what is told of a dealer alone, in which no component has a part.
  void read_books(std::string_view dealer);

  // Whether the whole log has to be replayed.
  bool everything() const { return everything_; }

  const std::set<Unit>& components() const { return reached_; }

  // The events that the lines of the reached components come of, sorted. Those that were
  // added are among them only if they are in the log.
  std::vector<ledger::Sequence> events() const;

 private:
  const Components& components_;
  std::set<Unit> reached_;
  std::set<Unit> read_;  // shared units that added events read, sorted
  bool everything_ = false;
  EventTies ties_;
};

}  // namespace projections
