#pragma once

#include <string_view>
#include <vector>

#include "projections/world.h"

namespace projections {

// One penalty as a fine (policy.md 4): due when it stands, lies within what the pack
// allows, and is the first of its finding or complaint that does.
struct Fine {
  PenaltyId penalty;
  const PenaltyImposed* imposed = nullptr;
  OrderId order;  // of the finding or complaint; absent when that names none or is unknown
  std::string_view clause;
  std::int64_t due_fen = 0;
  bool out_of_range = false;
  const Fact* basis = nullptr;         // the finding's confirmation or the complaint's adjudication
  const policy::Pack* pack = nullptr;  // whose bounds it is held to
};

// Every fine of the cut, in no particular order.
std::vector<Fine> all_fines(const World& world);

}  // namespace projections
