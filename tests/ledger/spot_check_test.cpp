#include "ledger/spot_check.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "ledger/draw.h"
#include "ledger/finding.h"
#include "ledger/proof/hash.h"
#include "tests/ledger/sample.h"
#include "tests/support/formats_page.h"

namespace ledger {

TEST_CASE("a sample holds as many distinct entries as were asked for, sorted, and all in range") {
  const auto size = static_cast<std::uint64_t>(GENERATE(0, 1, 2, 3, 7, 256, 1'000));
  const auto count = static_cast<std::uint64_t>(GENERATE(0, 1, 2, 6, 255, 2'000));
  const auto sample = draw_sample("seed", TreeSize{size}, count);
  CAPTURE(size, count);
  CHECK(sample.size() == std::min(size, count));
  for (std::size_t at = 1; at < sample.size(); ++at) CHECK(sample[at - 1] < sample[at]);
  if (!sample.empty()) CHECK(sample.back().value < size);
}

TEST_CASE("a sample follows from seed and size alone, and grows by adding to it") {
  const auto some = draw_sample("spring", TreeSize{81}, 2);
  CHECK(some == std::vector<Sequence>{{25}, {68}});
  const auto more = draw_sample("spring", TreeSize{81}, 20);
  CHECK(std::includes(more.begin(), more.end(), some.begin(), some.end()));
  CHECK(draw_sample("summer", TreeSize{81}, 20) != more);
  CHECK(draw_sample("spring", TreeSize{82}, 20) != more);
}

TEST_CASE("the page of the formats shows the draw as it is") {
  const auto round = [](const std::string& number) {
    return hex_of(proof::sha256(bytes_of("tally-sample/v1\nspring\n81\n" + number + "\n")));
  };
  const auto& page = ::test::formats_page();
  CHECK(page.find("round 0  " + round("0") + "  entry 25") != std::string::npos);
  CHECK(page.find("round 1  " + round("1") + "  entry 68") != std::string::npos);
}

TEST_CASE("no entry is drawn much more often than another") {
  constexpr std::uint64_t size = 10;
  std::vector<int> times(size);
  for (int seed = 0; seed < 2'000; ++seed) {
    for (const auto index : draw_sample(std::to_string(seed), TreeSize{size}, 3)) {
      ++times[index.value];
    }
  }
  for (const auto count : times) CHECK(std::abs(count - 600) < 100);  // some five deviations
}

}  // namespace ledger
