#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "projections/event_ties.h"

namespace projections {

// What events say of the units that they name, unit by unit as they come; whoever takes the
// events in numbers the units, and knows which were joined.
template <class Unit>
struct TiedRows {
  std::vector<std::pair<Unit, std::uint32_t>> events;
  std::vector<std::pair<Unit, Unit>> reads;  // component; what it reads
  std::vector<std::pair<Unit, Unit>> books;  // component; where it is named
  std::vector<std::uint32_t> for_everything;

  // Puts an event, or the void of an event with these ties, where it belongs. One that joins
  // nothing but is told of others has no component of its own.
  template <class UnitOf>
  void place(const EventTies& ties, std::uint32_t index, UnitOf&& unit_of) {
    if (ties.to_everything) for_everything.push_back(index);
    for (const auto key : ties.told_of) events.emplace_back(unit_of(key), index);
    if (!ties.joined.empty()) {
      events.emplace_back(unit_of(ties.joined.front()), index);
    } else {
      for (const auto key : ties.booked) events.emplace_back(unit_of(key), index);
    }
  }

  // Places an event, and joins and ties what it does.
  template <class UnitOf, class Join>
  void add(const EventTies& ties, std::uint32_t index, UnitOf&& unit_of, Join&& join) {
    place(ties, index, unit_of);
    if (ties.joined.empty()) return;
    const auto first = unit_of(ties.joined.front());
    for (const auto key : ties.joined) join(first, unit_of(key));
    for (const auto key : ties.read) reads.emplace_back(first, unit_of(key));
    for (const auto key : ties.booked) books.emplace_back(first, unit_of(key));
  }
};

}  // namespace projections
