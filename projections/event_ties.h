#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/event.h"

namespace projections {

// What can tie events together. Numbers are part of the keys below.
enum class Entity : std::uint8_t {
  order = 1,
  customer,
  vehicle,
  project,
  filing,
  agreement,
  finding,
  penalty,
  complaint,
  clawback,
  settlement,
  dealer,
  credit_code,
  bill,
  books  // a dealer's: what the events that name it in whatever part are about
};

// Stands for one entity: 62 bits of a hash, under two that say whether it is of those many
// orders share, dealers and credit codes, or a dealer's books. Should two entities ever have
// one key, they are taken for one, which ties more events together than need be and loses none.
using EntityKey = std::uint64_t;
EntityKey key_of(Entity entity, std::string_view id);

inline bool is_shared(EntityKey key) {
  return key >> 62 == 2;
}

inline bool is_books(EntityKey key) {
  return key >> 62 == 3;
}

// What the rules of lines, fines, demo cars, filings and bills read an event by (policy.md 3
// and 4), and whose books it is in. An event that no rule reads has no ties. A void has those of
// its target, which only a log knows, and none here.
struct EventTies {
  bool to_everything = false;      // packs, calendars and bank lists
  std::optional<EntityKey> order;  // the one it names, which is among the joined
  std::vector<EntityKey> joined;   // their orders bear on one another
  std::vector<EntityKey> read;     // what those orders read besides: dealers, credit codes
  std::vector<EntityKey> told_of;  // dealers and credit codes that the event is about
  std::vector<EntityKey> booked;   // books of the dealers that it names; no line reads them

  bool none() const { return !to_everything && joined.empty() && told_of.empty(); }
};

// Fills in `ties` afresh; the vectors keep their room.
void find_ties(const ledger::Entry& entry, EventTies& ties);

}  // namespace projections
