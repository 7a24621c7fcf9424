#include "bench/measure.h"

#include <catch2/catch.hpp>

namespace bench {

TEST_CASE("a spread tells least, middle and greatest, in whatever order they came") {
  const auto odd = spread_of({3, 9, 1});
  CHECK(odd.lowest == 1);
  CHECK(odd.median == 3);
  CHECK(odd.highest == 9);
  CHECK(spread_of({4, 1, 2, 100}).median == 3);
  CHECK(spread_of({7}).median == 7);
}

TEST_CASE("latencies are told in microseconds, at the middle and near the end") {
  std::vector<double> seconds;
  for (int i = 200; i > 0; --i) seconds.push_back(i * 1e-6);
  const auto latency = latency_of(seconds);
  CHECK(latency.p50_us == Approx(101));
  CHECK(latency.p99_us == Approx(199));
  CHECK(latency_of({2e-6}).p99_us == Approx(2));
}

TEST_CASE("rates come of the seconds that each side reports, in turn") {
  std::string turns;
  double seconds = 0;
  const Contest contest{"work", 1'000, 3,
                        [&]() -> ledger::Result<Lap> {
                          turns += 'o';
                          return Lap{seconds += 1, 12};
                        },
                        [&]() -> ledger::Result<Lap> {
                          turns += 'c';
                          return Lap{0.5, 7};
                        }};
  const auto score = measure(contest);
  REQUIRE(score);
  CHECK(turns == "ocococ");
  CHECK(score->ours.highest == 1'000);
  CHECK(score->ours.median == 500);
  CHECK(score->ceiling.median == 2'000);
  CHECK(score->ratio() == 0.25);
  CHECK(score->bytes_per_event == 12);
  CHECK(score->ceiling_bytes_per_event == 7);
}

TEST_CASE("a side that fails ends the contest with its error") {
  const Contest contest{"work", 1, 2,
                        []() -> ledger::Result<Lap> {
                          return ledger::Error{ledger::ErrorCode::unavailable, std::string("full")};
                        },
                        []() -> ledger::Result<Lap> { return Lap{1}; }};
  const auto score = measure(contest);
  REQUIRE_FALSE(score);
  CHECK(score.error().message.en == "full");
}

}  // namespace bench
