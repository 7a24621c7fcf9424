#include "ledger/key_order.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>

namespace ledger {
namespace {

struct Row {
  std::string_view key;
};

}  // namespace

TEST_CASE("rows are in the order of the bytes of their keys, few of them and many") {
  const std::size_t count = GENERATE(0U, 1U, 50U, 5'000U);
  std::mt19937_64 random(count);
  // One key begins another, some come twice, some hold zeros and bytes beyond ASCII.
  std::vector<std::string> keys;
  for (std::size_t number = 0; number < count; ++number) {
    std::string key = "source#";
    for (auto length = random() % 5; length > 0; --length) {
      key += std::string_view("\0a~\x80\xff", 5)[random() % 5];
    }
    keys.push_back(std::move(key));
  }
  std::vector<Row> rows;
  rows.reserve(keys.size());
  for (const auto& key : keys) rows.push_back({key});
  sort_by_key(rows);

  auto wanted = keys;
  std::sort(wanted.begin(), wanted.end());
  REQUIRE(rows.size() == wanted.size());
  for (std::size_t at = 0; at < rows.size(); ++at) REQUIRE(rows[at].key == wanted[at]);
}

}  // namespace ledger
