#include "ledger/growing_tree.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "ledger/base/message.h"

namespace ledger {

Result<GrowingTree> GrowingTree::resume(const proof::Frontier& frontier, proof::TileReader& tiles) {
  GrowingTree tree;
  const auto levels = proof::tile_levels(frontier.size());
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const auto [full, width] = levels[level];
    if (width == 0) continue;
    const proof::TileId edge{static_cast<std::uint8_t>(level), full};
    tree.edges_[level] = TRY(tiles.read(edge, width));
  }
  for (auto level = levels.size(); level-- > 0;) {
    for (const auto& hash : tree.edges_[level]) {
      tree.frontier_.append_subtree(static_cast<unsigned>(level) * proof::tile_height, hash);
    }
  }
  if (tree.frontier_.size() != frontier.size() || tree.frontier_.root() != frontier.root()) {
    return Error{ErrorCode::corrupt,
                 worded("the stored tiles and entries do not lead to the root of the log's head; "
                        "run `tally verify`, and keep this directory as evidence",
                        "由存储的瓦片与条目推算不出日志头的根；请运行 `tally verify`，"
                        "并保留此目录作为证据")};
  }
  return tree;
}

void GrowingTree::append(std::span<const Hash> leaves, const TileFilled& filled) {
  while (!leaves.empty()) {
    // As many as make one complete subtree within the tile.
    const auto inside = edges_[0].size();
    const auto room = inside == 0 ? proof::tile_width_max : inside & (~inside + 1);
    const auto subtree = leaves.first(std::min(std::bit_floor(leaves.size()), room));
    leaves = leaves.subspan(subtree.size());
    edges_[0].insert(edges_[0].end(), subtree.begin(), subtree.end());
    frontier_.append_subtree(static_cast<unsigned>(std::countr_zero(subtree.size())),
                             proof::root_of(subtree));
    close_tiles(filled);
  }
}

void GrowingTree::close_tiles(const TileFilled& filled) {
  for (std::uint8_t level = 0; edges_[level].size() == proof::tile_width_max; ++level) {
    const auto span = (unsigned{level} + 1) * proof::tile_height;
    filled({level, (frontier_.size().value >> span) - 1}, edges_[level]);
    edges_[level].clear();
    if (level < proof::tile_level_max) edges_[level + 1U].push_back(frontier_.completed(span));
  }
}

}  // namespace ledger
