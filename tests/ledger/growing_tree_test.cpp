#include "ledger/growing_tree.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "ledger/proof/hash.h"

namespace ledger {
namespace {

using Tiles = std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>>;

std::vector<Hash> some_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  while (leaves.size() < count) {
    leaves.push_back(proof::hash_leaf(bytes_of("leaf " + std::to_string(leaves.size()))));
  }
  return leaves;
}

// The tiles that a tree of these leaves fills, by their definition alone.
Tiles filled_tiles(std::vector<Hash> hashes) {
  Tiles tiles;
  for (unsigned level = 0; !hashes.empty(); ++level) {
    std::vector<Hash> roots;
    for (std::size_t end = proof::tile_width_max; end <= hashes.size();
         end += proof::tile_width_max) {
      const std::vector<Hash> tile(
          hashes.begin() + static_cast<std::ptrdiff_t>(end - proof::tile_width_max),
          hashes.begin() + static_cast<std::ptrdiff_t>(end));
      proof::Frontier frontier;
      for (const auto& hash : tile) frontier.append(hash);
      roots.push_back(frontier.root());
      tiles[{level, end / proof::tile_width_max - 1}] = tile;
    }
    hashes = roots;
  }
  return tiles;
}

}  // namespace

TEST_CASE("a tree that grows by runs of any length is the one that grows leaf by leaf") {
  const auto longest = GENERATE(1U, 7U, 300U, 5'000U);
  CAPTURE(longest);
  const auto leaves = some_leaves(70'000);  // more than fill a tile of level 1
  std::mt19937 random(longest);
  GrowingTree tree;
  proof::Frontier frontier;
  Tiles tiles;
  const auto keep = [&](proof::TileId tile, std::span<const Hash> hashes) {
    const bool added =
        tiles.try_emplace({tile.level, tile.number}, hashes.begin(), hashes.end()).second;
    CHECK(added);
  };
  for (std::span<const Hash> left(leaves); !left.empty();) {
    const auto run = left.first(std::min<std::size_t>(random() % (longest + 1), left.size()));
    left = left.subspan(run.size());
    tree.append(run, keep);
    for (const auto& leaf : run) frontier.append(leaf);
    REQUIRE(tree.frontier().serialise() == frontier.serialise());
  }
  CHECK(tiles == filled_tiles(leaves));
  CHECK(tiles.size() == 273 + 1);
}

}  // namespace ledger
