#include "ledger/proof/prover.h"

#include <algorithm>
#include <bit>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "ledger/base/check.h"
#include "ledger/proof/frontier.h"

namespace ledger::proof {
namespace {

// Leaves begin … end − 1. `begin` is a multiple of a power of two that is not smaller than
// their number, as everywhere in this kind of tree.
struct Range {
  std::uint64_t begin;
  std::uint64_t end;

  std::uint64_t count() const { return end - begin; }

  // Where the tree over the range parts: after the greatest power of two that leaves
  // something to the right. Requires two leaves.
  std::uint64_t middle() const { return begin + std::bit_floor(count() - 1); }
};

// The tree of one size, read tile by tile; remembers what it has read.
class TiledTree {
 public:
  TiledTree(TileReader& reader, TreeSize size) : reader_(reader), size_(size) {}

  Result<Hash> root(Range range) {
    Frontier frontier;
    while (range.count() != 0) {
      const auto level = static_cast<unsigned>(std::bit_width(range.count()) - 1);
      frontier.append_subtree(level, TRY(subtree(level, range.begin)));
      range.begin += std::uint64_t{1} << level;
    }
    return frontier.root();
  }

  // The roots of the ranges, in reverse: proofs are found from the root down and written
  // from the leaf up.
  Result<std::vector<Hash>> roots_upwards(std::vector<Range> ranges) {
    std::reverse(ranges.begin(), ranges.end());
    std::vector<Hash> hashes;
    hashes.reserve(ranges.size());
    for (const Range& range : ranges) hashes.push_back(TRY(root(range)));
    return hashes;
  }

 private:
  // The root of the 2^level leaves from `begin` on: one hash of a tile, or the root of some.
  Result<Hash> subtree(unsigned level, std::uint64_t begin) {
    const unsigned tile_level = std::min(level / tile_height, tile_level_max);
    const std::uint64_t first = begin >> (tile_level * tile_height);
    const TileId id{static_cast<std::uint8_t>(tile_level), first / tile_width_max};
    const std::vector<Hash>* const hashes = TRY(tile(id));
    const std::size_t offset = first % tile_width_max;
    const std::size_t count = std::size_t{1} << (level - tile_level * tile_height);
    check(offset + count <= hashes->size(), "a subtree of the tree lies within one of its tiles");
    return root_of(std::span(*hashes).subspan(offset, count));
  }

  Result<const std::vector<Hash>*> tile(TileId id) {
    const auto known = tiles_.find(id);
    if (known != tiles_.end()) return &known->second;
    const std::uint32_t width = tile_width(id, size_);
    auto hashes = TRY(reader_.read(id, width));
    if (hashes.size() != width) {
      return Error{ErrorCode::corrupt, tile_path(id, width) + " holds " +
                                           std::to_string(hashes.size()) + " hashes, wanted " +
                                           std::to_string(width)};
    }
    return &tiles_.emplace(id, std::move(hashes)).first->second;
  }

  TileReader& reader_;
  TreeSize size_;
  std::map<TileId, std::vector<Hash>> tiles_;
};

}  // namespace

Result<std::vector<Hash>> prove_inclusion(TileReader& tiles, Sequence index, TreeSize size) {
  if (index.value >= size.value) {
    return Error{ErrorCode::invalid, "entry " + std::to_string(index.value) +
                                         " is not in a tree of size " + std::to_string(size.value)};
  }
  std::vector<Range> siblings;
  Range path{0, size.value};
  while (path.count() > 1) {
    const std::uint64_t middle = path.middle();
    if (index.value < middle) {
      siblings.push_back({middle, path.end});
      path.end = middle;
    } else {
      siblings.push_back({path.begin, middle});
      path.begin = middle;
    }
  }
  return TiledTree(tiles, size).roots_upwards(std::move(siblings));
}

Result<std::vector<Hash>> prove_consistency(TileReader& tiles, TreeSize old_size, TreeSize size) {
  if (old_size.value > size.value) {
    return Error{ErrorCode::invalid, "a tree of size " + std::to_string(size.value) +
                                         " cannot continue one of size " +
                                         std::to_string(old_size.value)};
  }
  if (old_size.value == 0) return std::vector<Hash>{};
  // Follows the end of the old tree down to the greatest subtree that ends there.
  std::vector<Range> needed;
  Range path{0, size.value};
  while (path.end != old_size.value) {
    const std::uint64_t middle = path.middle();
    if (old_size.value <= middle) {
      needed.push_back({middle, path.end});
      path.end = middle;
    } else {
      needed.push_back({path.begin, middle});
      path.begin = middle;
    }
  }
  // Where that subtree is the whole old tree, the verifier has its root already.
  if (path.begin != 0) needed.push_back(path);
  return TiledTree(tiles, size).roots_upwards(std::move(needed));
}

Result<Hash> root_at(TileReader& tiles, TreeSize size) {
  return TiledTree(tiles, size).root({0, size.value});
}

}  // namespace ledger::proof
