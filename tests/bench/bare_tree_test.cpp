#include "bench/bare_tree.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "ledger/proof/frontier.h"
#include "ledger/proof/hash.h"

namespace bench {
namespace {

std::string entry_of(std::uint64_t number) {
  return "entry " + std::to_string(number);
}

BareTree tree_of(std::uint64_t from, std::uint64_t to) {
  BareTree tree;
  for (auto number = from; number < to; ++number) {
    tree.append(ledger::bytes_of(entry_of(number)), {});
  }
  return tree;
}

}  // namespace

TEST_CASE("the tree of the ceilings is the tree of the log, at every size") {
  BareTree bare;
  ledger::proof::Frontier frontier;
  for (std::uint64_t number = 0; number < 600; ++number) {
    CAPTURE(number);
    REQUIRE(bare.root() == frontier.root());
    REQUIRE(bare.frontier() == frontier.serialise());
    const auto entry = entry_of(number);
    bare.append(ledger::bytes_of(entry), {});
    frontier.append(ledger::proof::hash_leaf(ledger::bytes_of(entry)));
  }
}

TEST_CASE("each full tile of the ceilings is told once, with its hashes") {
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<ledger::Hash>> tiles;
  BareTree tree;
  for (std::uint64_t number = 0; number < 65'536 + 256; ++number) {
    tree.append(
        ledger::bytes_of(entry_of(number)), [&](unsigned level, std::uint64_t place, auto hashes) {
          const bool first = tiles.try_emplace({level, place}, hashes.begin(), hashes.end()).second;
          REQUIRE(first);
        });
  }
  REQUIRE(tiles.size() == 257 + 1);
  CHECK(tiles.at({0, 1})[3] == ledger::proof::hash_leaf(ledger::bytes_of(entry_of(259))));
  CHECK(tiles.at({1, 0})[5] == tree_of(5 * 256, 6 * 256).root());
}

TEST_CASE("subtrees built apart join to the tree of all their leaves") {
  const auto size = GENERATE(as<std::uint64_t>(), 0, 1, 64, 65, 100, 127, 128, 191, 192, 200);
  CAPTURE(size);
  BareTree joined;
  for (std::uint64_t from = 0; from < size; from += 64) {
    joined.append_tree(tree_of(from, std::min<std::uint64_t>(from + 64, size)));
  }
  CHECK(joined.size() == size);
  CHECK(joined.root() == tree_of(0, size).root());
}

}  // namespace bench
