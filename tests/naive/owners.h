// Vehicles registered to others than the buyer and its party, and whether that is expected (T).
#pragma once

#include <map>
#include <string>

#include "tests/naive/view.h"

namespace naive {

struct Owners {
  int others{}, unexpected{};
};

// Of the vehicles each customer bought, those registered to a credit code outside its party.
std::map<std::string, Owners> other_owners(const View& view);

}  // namespace naive
