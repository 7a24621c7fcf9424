#include "ledger/tree_audit.h"

#include <algorithm>
#include <bit>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/finding.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/tile.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

constexpr unsigned subtree_level = 2 * proof::tile_height;

std::optional<std::vector<Hash>> all_of(std::span<const std::optional<Hash>> hashes) {
  std::vector<Hash> known;
  for (const auto& hash : hashes) {
    if (!hash) return std::nullopt;
    known.push_back(*hash);
  }
  return known;
}

Finding tile_finding(Message expected, Message found) {
  return {Finding::Where::tile, std::nullopt, std::move(expected), std::move(found), {}, {}};
}

// One stored tile against the hashes that belong in it.
void compare_tile(const Store& store, proof::TileId tile,
                  std::span<const std::optional<Hash>> hashes, std::vector<Finding>& findings) {
  const auto name = proof::tile_path(tile, proof::tile_width_max);
  const auto value = store.get(Table::tree, tile_key(tile));
  if (!value || !*value) {
    findings.push_back(tile_finding(
        name, value ? Message("no such tile is stored", "没有存储此瓦片") : value.error().message));
    return;
  }
  const auto stored = parse_tile(tile, bytes_of(**value));
  if (!stored) {
    findings.push_back(tile_finding(name, stored.error().message));
    return;
  }
  for (std::size_t at = 0; at < hashes.size(); ++at) {
    if (!hashes[at] || *hashes[at] == (*stored)[at]) continue;
    findings.push_back(tile_finding(
        worded("{} hash {} {}", "{} 中位置 {} 的哈希 {}", name, at, hex_of(*hashes[at])),
        hex_of((*stored)[at])));
  }
}

// Keys that a log of this size has no tile for.
void find_strangers(const Store& store, TreeSize size, std::vector<Finding>& findings) {
  auto cursor = store.cursor(Table::tree, Store::Pattern::scan);
  for (cursor.seek_first(); cursor.valid(); cursor.next()) {
    const auto key = cursor.key();
    if (key.size() == 9 && std::to_integer<unsigned>(key[0]) <= proof::tile_level_max) {
      const proof::TileId tile{std::to_integer<std::uint8_t>(key[0]), load_big(key.subspan(1))};
      if (proof::tile_width(tile, size) == proof::tile_width_max) continue;
    }
    findings.push_back(
        tile_finding({"no such tile", "没有此瓦片"},
                     worded("a tile under the key {}", "键 {} 下的瓦片", hex_of(key))));
  }
  if (const auto status = cursor.status(); !status) {
    findings.push_back(
        tile_finding({"tiles that can be read through", "能够读完的瓦片"}, status.error().message));
  }
}

}  // namespace

PiecedTree::PiecedTree(std::span<const SubtreeTask> tasks, std::vector<const SubtreeHashes*> pieces)
    : tasks_(tasks), pieces_(std::move(pieces)) {
  std::optional<proof::Frontier> frontier = proof::Frontier{};
  for (const auto* piece : pieces_) {
    before_.push_back(frontier);
    if (piece->tiles.size() < proof::tile_width_max) continue;
    const auto tiles = all_of(piece->tiles);
    roots_.push_back(tiles ? std::optional(proof::root_of(*tiles)) : std::nullopt);
    if (frontier && roots_.back()) {
      frontier->append_subtree(subtree_level, *roots_.back());
    } else {
      frontier.reset();
    }
  }
}

std::optional<Hash> PiecedTree::root(TreeSize size) const {
  if (size.value == 0) return proof::empty_root();
  const auto number = static_cast<std::size_t>((size.value - 1) / subtree_entries);
  const auto& task = tasks_[number];
  auto frontier = before_[number];
  const auto asked = std::find(task.sizes.begin(), task.sizes.end(), size);
  if (!frontier || asked == task.sizes.end()) return std::nullopt;
  const auto full = (size.value - task.first.value) / proof::tile_width_max;
  const auto tiles = all_of(std::span(pieces_[number]->tiles).first(full));
  const auto& edge = pieces_[number]->edges[static_cast<std::size_t>(asked - task.sizes.begin())];
  if (!tiles || !edge) return std::nullopt;
  for (const auto& tile : *tiles) frontier->append_subtree(proof::tile_height, tile);
  auto rest = size.value % proof::tile_width_max;
  for (const auto& subtree : *edge) {
    const auto width = std::bit_floor(rest);
    frontier->append_subtree(static_cast<unsigned>(std::countr_zero(width)), subtree);
    rest -= width;
  }
  return frontier->root();
}

std::vector<Finding> audit_upper_tiles(const Store& store, TreeSize size,
                                       std::vector<std::optional<Hash>> subtree_roots) {
  std::vector<Finding> findings;
  auto hashes = std::move(subtree_roots);
  for (std::uint8_t level = 2; hashes.size() >= proof::tile_width_max; ++level) {
    std::vector<std::optional<Hash>> above;
    for (std::uint64_t number = 0; (number + 1) * proof::tile_width_max <= hashes.size();
         ++number) {
      const auto under = std::span(hashes).subspan(
          static_cast<std::size_t>(number * proof::tile_width_max), proof::tile_width_max);
      compare_tile(store, {level, number}, under, findings);
      const auto known = all_of(under);
      above.push_back(known ? std::optional(proof::root_of(*known)) : std::nullopt);
    }
    hashes = std::move(above);
  }
  find_strangers(store, size, findings);
  return findings;
}

}  // namespace ledger
