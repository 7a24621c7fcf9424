#include "ledger/proof/tile.h"

#include <catch2/catch.hpp>

#include "ledger/proof/hash.h"
#include "tests/ledger/proof/naive_tree.h"

using namespace ledger;
using namespace ledger::proof;

TEST_CASE("a tree of size 70,000 has the tiles of the specification's example") {
  const TreeSize size{70'000};
  const auto levels = tile_levels(size);
  CHECK(levels == std::vector<TileLevel>{{273, 112}, {1, 17}, {0, 1}});
  CHECK(tile_width({0, 272}, size) == 256);
  CHECK(tile_width({0, 273}, size) == 112);
  CHECK(tile_width({0, 274}, size) == 0);
  CHECK(tile_width({1, 1}, size) == 17);
  CHECK(tile_width({2, 0}, size) == 1);
  CHECK(tile_width({3, 0}, size) == 0);
  CHECK(tile_width({200, 0}, size) == 0);
}

TEST_CASE("there are no empty tiles, and the greatest tree has eight levels") {
  CHECK(tile_levels(TreeSize{0}).empty());
  CHECK(tile_levels(TreeSize{1}) == std::vector<TileLevel>{{0, 1}});
  CHECK(tile_levels(TreeSize{256}) == std::vector<TileLevel>{{1, 0}, {0, 1}});
  const auto greatest = tile_levels(TreeSize{~std::uint64_t{0}});
  REQUIRE(greatest.size() == tile_level_max + 1);
  CHECK(greatest.back() == TileLevel{0, 255});
}

TEST_CASE("the root of a run of hashes is that of RFC 6962") {
  const auto tree = test::NaiveTree::of_size(256);
  for (std::uint64_t begin = 0; begin < 256; begin += 64) {
    for (std::uint64_t end = begin; end <= 256; ++end) {
      CAPTURE(begin, end);
      REQUIRE(root_of(tree.leaves().subspan(begin, end - begin)) == tree.root(begin, end));
    }
  }
}

TEST_CASE("tile numbers are written in groups of three digits") {
  CHECK(tile_path({0, 0}, 256) == "tile/0/000");
  CHECK(tile_path({0, 999}, 256) == "tile/0/999");
  CHECK(tile_path({1, 1000}, 256) == "tile/1/x001/000");
  CHECK(tile_path({2, 1'234'067}, 256) == "tile/2/x001/x234/067");
  CHECK(tile_path({0, 273}, 112) == "tile/0/273.p/112");
  CHECK(bundle_path({1'234'067}, 256) == "tile/entries/x001/x234/067");
  CHECK(bundle_path({5}, 1) == "tile/entries/005.p/1");
  CHECK(tile_path({7, ~std::uint64_t{0}}, 256) == "tile/7/x018/x446/x744/x073/x709/x551/615");
}

TEST_CASE("every tile path reads back as the tile that it names") {
  for (const std::uint64_t number :
       {0ULL, 1ULL, 999ULL, 1000ULL, 999'999ULL, 1'000'000ULL, 1'234'067ULL, ~0ULL}) {
    for (const std::uint32_t width : {1U, 9U, 10U, 99U, 100U, 255U, 256U}) {
      CAPTURE(number, width);
      CHECK(parse_tile_path(bundle_path({number}, width)) == TilePath{BundleId{number}, width});
      for (std::uint8_t level = 0; level <= tile_level_max; ++level) {
        CHECK(parse_tile_path(tile_path({level, number}, width)) ==
              TilePath{TileId{level, number}, width});
      }
    }
  }
}

TEST_CASE("a path that is not spelled as the specification spells it names nothing") {
  const auto path = GENERATE(
      as<std::string>{}, "", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/0",
      "tile/0/00", "tile/0/0000", "tile/0/1000", "tile/0/x000/001", "tile/0/x001", "tile/0/x001/",
      "tile/0/x001/x002", "tile/0/001/002", "tile/0/x01/002", "tile/0/x0001/002", "tile/00/000",
      "tile/8/000", "tile/256/000", "tile/-1/000", "tile/+1/000", "tile/x/000", "tile//000",
      "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p/-1",
      "tile/0/000.p", "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/0/ 00", "tile/0/-01",
      "tile/0/0x1", "tile/0/000 ", "tile/entries", "tile/entries/", "tile/entries/0",
      "tile/Entries/000", "checkpoint", "tile/0/x018/x446/x744/x073/x709/x551/616",
      "tile/0/x999/x999/x999/x999/x999/x999/999");
  CAPTURE(path);
  CHECK_FALSE(parse_tile_path(path));
}
