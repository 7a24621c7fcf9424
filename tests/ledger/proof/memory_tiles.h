// Tiles in memory, cut from a naive tree; notes what is read, and can withhold or spoil it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/proof/prover.h"
#include "tests/ledger/proof/naive_tree.h"

namespace ledger::proof::test {

class MemoryTiles final : public TileReader {
 public:
  // Holds the tiles of `tree`, which must outlive it.
  explicit MemoryTiles(const NaiveTree& tree) : tree_(tree) {}

  Result<std::vector<Hash>> read(TileId tile, std::uint32_t width) override {
    paths_read.push_back(tile_path(tile, width));
    if (tile_width(tile, tree_.size()) < width) {
      return Error{ErrorCode::not_found, "no " + paths_read.back()};
    }
    const std::uint64_t span = std::uint64_t{1} << (tile.level * tile_height);
    std::vector<Hash> hashes;
    for (std::uint64_t i = 0; i < width; ++i) {
      const std::uint64_t begin = (tile.number * tile_width_max + i) * span;
      hashes.push_back(tree_.root(begin, begin + span));
    }
    if (spoil) spoil(hashes);
    return hashes;
  }

  std::vector<std::string> paths_read;
  std::function<void(std::vector<Hash>&)> spoil;

 private:
  const NaiveTree& tree_;
};

}  // namespace ledger::proof::test
