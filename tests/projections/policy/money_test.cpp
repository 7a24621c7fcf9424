#include "projections/policy/money.h"

#include <catch2/catch.hpp>

namespace projections::policy {
namespace {

constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();

TEST_CASE("a product is exact up to the last fen and then none") {
  CHECK(multiply(600'000, 36) == 21'600'000);
  CHECK(multiply(largest, 1) == largest);
  CHECK(multiply(smallest, 1) == smallest);
  CHECK(multiply(largest / 2, 2) == largest - 1);
  CHECK(multiply(largest / 2 + 1, 2) == std::nullopt);
  CHECK(multiply(10'000'000'000'000, 922'337) == 9'223'370'000'000'000'000);
  CHECK(multiply(10'000'000'000'000, 922'338) == std::nullopt);
  CHECK(multiply(smallest, -1) == std::nullopt);
}

TEST_CASE("a sum or a difference that does not fit is none") {
  CHECK(add(largest - 1, 1) == largest);
  CHECK(add(largest, 1) == std::nullopt);
  CHECK(add(smallest, -1) == std::nullopt);
  CHECK(subtract(smallest + 1, 1) == smallest);
  CHECK(subtract(smallest, 1) == std::nullopt);
  CHECK(subtract(0, smallest) == std::nullopt);
}

TEST_CASE("a share rounds halves away from zero, once") {
  CHECK(share_bp(200'000'000, 200) == 4'000'000);
  CHECK(share_bp(0, 300) == 0);
  CHECK(share_bp(4'999, 1) == 0);
  CHECK(share_bp(5'000, 1) == 1);
  CHECK(share_bp(14'999, 1) == 1);
  CHECK(share_bp(15'000, 1) == 2);
  CHECK(share_bp(-4'999, 1) == 0);
  CHECK(share_bp(-5'000, 1) == -1);
  CHECK(share_bp(-14'999, 1) == -1);
  CHECK(share_bp(-15'000, 1) == -2);
  CHECK(share_bp(5'000, -1) == -1);
}

TEST_CASE("a share uses more than 64 bits on its way") {
  CHECK(share_bp(largest, 10'000) == largest);
  CHECK(share_bp(smallest, 10'000) == smallest);
  CHECK(share_bp(largest, 10'001) == std::nullopt);
  CHECK(share_bp(largest, 5'000) == largest / 2 + 1);  // exactly a half, so up
}

}  // namespace
}  // namespace projections::policy
