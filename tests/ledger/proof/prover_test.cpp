#include "ledger/proof/prover.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "ledger/proof/hash.h"
#include "ledger/proof/merkle.h"
#include "tests/ledger/proof/memory_tiles.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

// Sizes around the ends of tiles, where widths change and levels begin.
const std::vector<std::uint64_t> large_sizes{255, 256, 257, 511, 512, 513, 700};

}  // namespace

TEST_CASE("proofs made from tiles are those of RFC 6962, for every small tree") {
  const auto tree = test::NaiveTree::of_size(130);
  test::MemoryTiles tiles(tree);
  for (std::uint64_t size = 1; size <= 130; ++size) {
    for (std::uint64_t i = 0; i < size; ++i) {
      CAPTURE(size, i);
      const auto inclusion = prove_inclusion(tiles, Sequence{i}, TreeSize{size});
      REQUIRE(inclusion);
      REQUIRE(*inclusion == tree.path(i, size));
      const auto consistency = prove_consistency(tiles, TreeSize{i + 1}, TreeSize{size});
      REQUIRE(consistency);
      REQUIRE(*consistency == tree.consistency(i + 1, size));
    }
    const auto root = root_at(tiles, TreeSize{size});
    REQUIRE(root);
    REQUIRE(*root == tree.root(0, size));
  }
}

TEST_CASE("proofs that cross tiles are those of RFC 6962") {
  const auto tree = test::NaiveTree::of_size(700);
  test::MemoryTiles tiles(tree);
  for (const std::uint64_t size : large_sizes) {
    for (std::uint64_t i = 0; i < size; i += 13) {
      CAPTURE(size, i);
      CHECK(*prove_inclusion(tiles, Sequence{i}, TreeSize{size}) == tree.path(i, size));
      CHECK(*prove_consistency(tiles, TreeSize{i + 1}, TreeSize{size}) ==
            tree.consistency(i + 1, size));
    }
    CHECK(*root_at(tiles, TreeSize{size}) == tree.root(0, size));
  }
}

TEST_CASE("a tree of three levels of tiles proves its entries and its past") {
  // All leaves alike: every complete subtree of a height has one root, so that a reader
  // of 70,000 leaves needs no tree.
  class Uniform final : public TileReader {
   public:
    Result<std::vector<Hash>> read(TileId tile, std::uint32_t width) override {
      Hash hash = empty_root();
      for (unsigned i = 0; i < tile.level * tile_height; ++i) hash = hash_node(hash, hash);
      return std::vector<Hash>(width, hash);
    }
  };

  Uniform tiles;
  const TreeHead now{TreeSize{70'000}, *root_at(tiles, TreeSize{70'000})};
  for (const std::uint64_t i : {0U, 255U, 256U, 65'535U, 65'536U, 69'887U, 69'888U, 69'999U}) {
    CAPTURE(i);
    CHECK(verify_inclusion(Sequence{i}, empty_root(), now,
                           *prove_inclusion(tiles, Sequence{i}, now.size)));
    const TreeHead old{TreeSize{i + 1}, *root_at(tiles, TreeSize{i + 1})};
    CHECK(verify_consistency(old, now, *prove_consistency(tiles, old.size, now.size)));
  }
}

TEST_CASE("a proof reads each tile once, at the width that the tree's size gives it") {
  const auto tree = test::NaiveTree::of_size(700);
  test::MemoryTiles tiles(tree);
  REQUIRE(prove_inclusion(tiles, Sequence{300}, TreeSize{600}));
  std::sort(tiles.paths_read.begin(), tiles.paths_read.end());
  CHECK(tiles.paths_read ==
        std::vector<std::string>{"tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"});
}

TEST_CASE("a question without an answer is refused") {
  const auto tree = test::NaiveTree::of_size(5);
  test::MemoryTiles tiles(tree);
  CHECK(prove_inclusion(tiles, Sequence{5}, TreeSize{5}).error().code == ErrorCode::invalid);
  CHECK(prove_inclusion(tiles, Sequence{0}, TreeSize{0}).error().code == ErrorCode::invalid);
  CHECK(prove_consistency(tiles, TreeSize{6}, TreeSize{5}).error().code == ErrorCode::invalid);
  CHECK(prove_consistency(tiles, TreeSize{0}, TreeSize{5})->empty());
  CHECK(prove_consistency(tiles, TreeSize{5}, TreeSize{5})->empty());
  CHECK(*root_at(tiles, TreeSize{0}) == empty_root());
}

TEST_CASE("a reader's failure is the proof's, and a tile cut short is damage") {
  const auto tree = test::NaiveTree::of_size(5);
  test::MemoryTiles tiles(tree);
  CHECK(prove_inclusion(tiles, Sequence{2}, TreeSize{9}).error().code == ErrorCode::not_found);
  tiles.spoil = [](std::vector<Hash>& hashes) { hashes.pop_back(); };
  const auto spoilt = prove_inclusion(tiles, Sequence{2}, TreeSize{5});
  REQUIRE_FALSE(spoilt);
  CHECK(spoilt.error().code == ErrorCode::corrupt);
  CHECK(spoilt.error().message.en == "tile/0/000.p/5 holds 4 hashes, wanted 5");
}
