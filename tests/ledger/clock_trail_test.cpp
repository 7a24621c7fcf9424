#include "ledger/clock_trail.h"

#include <catch2/catch.hpp>
#include <random>
#include <tuple>
#include <vector>

namespace ledger {
namespace {

using Told = std::vector<std::tuple<std::uint64_t, std::uint64_t, std::int64_t>>;

Told told(const ClockTrail& trail) {
  Told all;
  for (const auto& stretch : trail.stretches()) {
    all.emplace_back(stretch.first.value, stretch.last.value, stretch.appended_ns);
  }
  for (const auto& setback : trail.setbacks()) {
    all.emplace_back(setback.index.value, setback.appended_ns, setback.before_ns);
  }
  return all;
}

TEST_CASE("entries of one time are one stretch, unless something between is missing") {
  ClockTrail trail;
  for (const auto& [index, ns] : std::vector<std::pair<std::uint64_t, std::int64_t>>{
           {0, 5}, {1, 6}, {2, 6}, {3, 7}, {5, 8}, {7, 8}, {8, 8}}) {
    trail.add(Sequence{index}, ns);
  }
  CHECK(told(trail) == Told{{1, 2, 6}, {7, 8, 8}});
}

TEST_CASE("an entry before the one before it is told, and what follows is held against it") {
  ClockTrail trail;
  std::uint64_t index = 0;
  for (const std::int64_t ns : {9, 4, 4, 5, 3}) trail.add(Sequence{index++}, ns);
  CHECK(told(trail) == Told{{1, 2, 4}, {1, 4, 9}, {4, 3, 5}});
}

TEST_CASE("a trail in pieces tells what the whole one does") {
  std::mt19937 random(1);
  for (int round = 0; round < 2'000; ++round) {
    ClockTrail whole;
    ClockTrail joined;
    ClockTrail piece;
    std::uint64_t index = 0;
    std::int64_t ns = 100;
    for (int entry = 0; entry < 12; ++entry) {
      ns += std::uniform_int_distribution<std::int64_t>(-1, 1)(random);
      index += random() % 4 == 0 ? 2U : 1U;
      whole.add(Sequence{index}, ns);
      piece.add(Sequence{index}, ns);
      if (random() % 3 != 0) continue;
      joined.append(piece);
      piece = {};
    }
    joined.append(piece);
    REQUIRE(told(joined) == told(whole));
  }
}

}  // namespace
}  // namespace ledger
