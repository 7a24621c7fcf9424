// Small policy packs with random numbers, so that few vehicles reach every boundary.
#pragma once

#include <string>

#include "tests/support/dice.h"

namespace test {

// What is fixed of a pack; the rest is up to the dice.
struct PackHead {
  std::string policy;
  int version{1};
  std::string from, to;
};

// A pack of model nev-fleet as TOML.
std::string random_fleet_pack(Dice& dice, const PackHead& head, bool affiliates);
// A pack of model commercial as TOML.
std::string random_commercial_pack(Dice& dice, const PackHead& head);

}  // namespace test
