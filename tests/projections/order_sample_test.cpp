// The draw of orders: anyone can repeat it, by hand if need be. Worked example 2a granted
// 16,000, 12,000 and 20,000 yuan on O1, O2 and O3.
#include "projections/order_sample.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "ledger/codec.h"
#include "ledger/proof/hash.h"
#include "tests/support/formats_page.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"
#include "tests/support/scenario.h"
#include "tests/support/tests_dir.h"

namespace projections {
namespace {

std::unique_ptr<Replay> example(const EventSource& source) {
  auto replay = Replay::run(source, {}, 1);
  REQUIRE(replay);
  return *std::move(replay);
}

test::MemorySource settled() {
  return test::MemorySource(
      test::read_lines(::test::in_tests("scenarios/02a-false-claim-order.jsonl")));
}

OrderSample drawn(const Replay& replay, std::uint64_t seed, std::uint64_t count,
                  SampleWeight weight) {
  auto sample = draw_orders(replay, seed, count, weight);
  REQUIRE(sample);
  return *std::move(sample);
}

std::vector<std::string> names(const Replay& replay, const OrderSample& sample) {
  std::vector<std::string> orders;
  for (const auto& one : sample.orders)
    orders.emplace_back(replay.facts().order_names[one.order.value]);
  return orders;
}

// What the page says, done by hand: the first eight bytes of the digest modulo what is left.
std::uint64_t by_hand(std::uint64_t seed, std::uint64_t population, std::uint64_t round) {
  const auto text = "tally-sample/v1\n" + std::to_string(seed) + "\n" + std::to_string(population) +
                    "\n" + std::to_string(round) + "\n";
  const auto digest = ledger::proof::sha256(ledger::bytes_of(text));
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < 8; ++at)
    number = number * 256 + std::to_integer<std::uint64_t>(digest[at]);
  return number % population;
}

}  // namespace

TEST_CASE("the money of the orders is laid end to end, and a drawn order is taken out of it") {
  const auto source = settled();
  const auto replay = example(source);
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(0, 40)));
  CAPTURE(seed);
  std::vector<std::pair<std::string, std::uint64_t>> left{
      {"O1", 1'600'000}, {"O2", 1'200'000}, {"O3", 2'000'000}};
  std::vector<std::string> expected;
  for (std::uint64_t round = 0; round < 3; ++round) {
    std::uint64_t population = 0;
    for (const auto& [order, fen] : left) population += fen;
    auto position = by_hand(seed, population, round);
    auto at = left.begin();
    for (; position >= at->second; ++at) position -= at->second;
    expected.push_back(at->first);
    left.erase(at);
  }
  CHECK(names(*replay, drawn(*replay, seed, 3, SampleWeight::money)) == expected);
  expected.resize(2);
  CHECK(names(*replay, drawn(*replay, seed, 2, SampleWeight::money)) == expected);
}

TEST_CASE("money draws orders as often as it is granted on them, and the other draw all alike") {
  const auto source = settled();
  const auto replay = example(source);
  std::map<std::string, int> by_money;
  std::map<std::string, int> by_order;
  for (std::uint64_t seed = 0; seed < 1'200; ++seed) {
    ++by_money[names(*replay, drawn(*replay, seed, 1, SampleWeight::money)).front()];
    ++by_order[names(*replay, drawn(*replay, seed, 1, SampleWeight::order)).front()];
  }
  CHECK(std::abs(by_money["O1"] - 400) < 60);
  CHECK(std::abs(by_money["O2"] - 300) < 60);
  CHECK(std::abs(by_money["O3"] - 500) < 60);
  for (const auto* order : {"O1", "O2", "O3"}) CHECK(std::abs(by_order[order] - 400) < 60);
}

TEST_CASE("a sample has no order twice, begins like a smaller one, and is recorded as drawn",
          "[property]") {
  std::size_t sizes = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    const auto replay = example(source);
    const auto weight = seed % 2 == 0 ? SampleWeight::order : SampleWeight::money;
    const auto all = drawn(*replay, seed, 800, weight);
    for (std::uint64_t count = 0; count <= all.orders.size(); ++count) {
      const auto some = names(*replay, drawn(*replay, seed, count, weight));
      auto whole = names(*replay, all);
      CHECK(std::set<std::string>(whole.begin(), whole.end()).size() == whole.size());
      whole.resize(count);
      CHECK(some == whole);
    }
    sizes += all.orders.size();
    if (all.orders.empty()) continue;
    ledger::Encoder encoder;
    ledger::Batch batch;
    CHECK_FALSE(encoder.add(sample_event(*replay, all, seed, "I-1"), batch));
  }
  CHECK(sizes > 100);
}

TEST_CASE("nothing granted, nothing to draw by money") {
  const test::MemorySource source(
      test::read_lines(::test::in_tests("scenarios/08-version-and-notice.jsonl")));
  const auto replay = example(source);
  CHECK(drawn(*replay, 1, 5, SampleWeight::money).orders.empty());
  CHECK_FALSE(drawn(*replay, 1, 5, SampleWeight::order).orders.empty());
}

TEST_CASE("the page of formats shows a draw by money as it comes out") {
  const auto source = settled();
  const auto replay = example(source);
  const auto sample = drawn(*replay, 20171009, 3, SampleWeight::money);
  std::string block;
  for (std::size_t at = 0; at < sample.orders.size(); ++at) {
    const auto& one = sample.orders[at];
    block += "round " + std::to_string(one.round) + "  of " + std::to_string(one.population) +
             " fen  place " + std::to_string(one.position) + "  order " +
             names(*replay, sample)[at] + "\n";
  }
  INFO(block);
  CHECK(test::shows_block(block));
}

}  // namespace projections
