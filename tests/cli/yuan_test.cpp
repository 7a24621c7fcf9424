#include "cli/yuan.h"

#include <catch2/catch.hpp>
#include <limits>

using cli::yuan;

TEST_CASE("fen print as yuan with thousands separated") {
  CHECK(yuan(0) == "0.00");
  CHECK(yuan(5) == "0.05");
  CHECK(yuan(-5) == "-0.05");
  CHECK(yuan(99'999) == "999.99");
  CHECK(yuan(100'000) == "1,000.00");
  CHECK(yuan(123'456'789) == "1,234,567.89");
  CHECK(yuan(-1'234'567) == "-12,345.67");
}

TEST_CASE("the greatest and the least amount print whole") {
  CHECK(yuan(std::numeric_limits<std::int64_t>::max()) == "92,233,720,368,547,758.07");
  CHECK(yuan(std::numeric_limits<std::int64_t>::min()) == "-92,233,720,368,547,758.08");
}
