#include "ledger/key_filter.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>

namespace ledger {
namespace {

// The hashes of keys 0 to `count`, others for every seed.
template <class Use>
void each_hash(std::uint32_t seed, std::size_t count, Use use) {
  std::mt19937 random(seed);
  for (std::size_t at = 0; at < count; ++at) use(static_cast<std::uint32_t>(random()));
}

}  // namespace

TEST_CASE("a filter that has grown holds every key it was given, and lets few others pass") {
  constexpr std::size_t added = 500'000;  // two parts full, a third begun
  constexpr std::size_t asked = 100'000;
  KeyFilter filter;
  each_hash(1, asked, [&filter](std::uint32_t hash) {
    if (filter.may_hold(hash)) FAIL("an empty filter holds " << hash);
  });
  each_hash(1, added, [&filter](std::uint32_t hash) { filter.add(hash); });
  CHECK(filter.count() == added);
  each_hash(1, added, [&filter](std::uint32_t hash) {
    if (!filter.may_hold(hash)) FAIL("lost " << hash);
  });
  std::size_t passed = 0;
  each_hash(2, asked, [&](std::uint32_t hash) {
    if (filter.may_hold(hash)) ++passed;
  });
  CHECK(passed > 0);
  CHECK(passed < asked / 100);
}

}  // namespace ledger
