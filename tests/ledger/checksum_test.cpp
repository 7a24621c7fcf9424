#include "ledger/checksum.h"

#include <xxhash.h>

#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace ledger {

TEST_CASE("a checksum is XXH3's of 64 bits, whatever the length") {
  std::mt19937 random(1);
  std::vector<std::byte> bytes;
  for (std::size_t length = 0; length <= 3'000; ++length) {
    CAPTURE(length);
    REQUIRE(checksum(bytes) == XXH3_64bits(bytes.data(), bytes.size()));
    bytes.push_back(static_cast<std::byte>(random() & 0xFF));
  }
}

}  // namespace ledger
