// The right edge of the hash tree while the log grows.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/proof/frontier.h"
#include "ledger/proof/prover.h"
#include "ledger/proof/tile.h"

namespace ledger {

// The frontier and, for each level, the hashes of the tile that is not yet full. A plain
// value; one thread at a time.
class GrowingTree {
 public:
  // Takes up the tree where the tiles leave off. Fails as `tiles` does, and with `corrupt`
  // when they do not lead to the frontier.
  static Result<GrowingTree> resume(const proof::Frontier& frontier, proof::TileReader& tiles);

  using TileFilled = std::function<void(proof::TileId, std::span<const Hash>)>;

  // Adds leaves; tells of each tile that they fill.
  void append(std::span<const Hash> leaves, const TileFilled& filled);

  const proof::Frontier& frontier() const { return frontier_; }

 private:
  void close_tiles(const TileFilled& filled);

  proof::Frontier frontier_;
  std::array<std::vector<Hash>, proof::tile_level_max + 1> edges_;
};

}  // namespace ledger
