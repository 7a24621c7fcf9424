#include "ledger/proof/prover.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "ledger/base/check.h"
#include "ledger/proof/frontier.h"
#include "ledger/proof/tree_hashes.h"

namespace ledger::proof {
namespace {

// Enough for a log of 30 million entries, in 8 MiB.
constexpr std::size_t tiles_kept_max = 512;

}  // namespace

// A tile with all complete subtrees over its hashes, so that no node is hashed twice.
class Prover::GrownTile {
 public:
  explicit GrownTile(std::vector<Hash> hashes) : nodes_(std::move(hashes)), begin_{0} {
    auto width = nodes_.size();
    nodes_.reserve(2 * width);
    for (unsigned height = 1; height < tile_height && width > 1; ++height) {
      const auto below = begin_.back();
      const auto here = nodes_.size();
      begin_.push_back(here);
      width /= 2;
      nodes_.resize(here + width);
      const std::span nodes(nodes_);
      hash_nodes(nodes.subspan(below, 2 * width), nodes.subspan(here));
    }
  }

  // The root of subtree number `position` of those over 2^height hashes.
  const Hash& root(unsigned height, std::size_t position) const {
    const auto end = height + 1 < begin_.size() ? begin_[height + 1] : nodes_.size();
    check(height < begin_.size() && begin_[height] + position < end,
          "a subtree of the tree lies within one of its tiles");
    return nodes_[begin_[height] + position];
  }

 private:
  std::vector<Hash> nodes_;         // the hashes, then the nodes over two of them, over four, …
  std::vector<std::size_t> begin_;  // by height, in `nodes_`
};

// Leaves begin … end − 1. `begin` is a multiple of a power of two that is not smaller than
// their number, as everywhere in this kind of tree.
struct Prover::Range {
  std::uint64_t begin;
  std::uint64_t end;

  std::uint64_t count() const { return end - begin; }

  // Where the tree over the range parts: after the greatest power of two that leaves
  // something to the right. Requires two leaves.
  std::uint64_t middle() const { return begin + std::bit_floor(count() - 1); }
};

Prover::Prover(TileReader& tiles, TreeSize size) : reader_(&tiles), size_(size) {
}

Prover::~Prover() = default;
Prover::Prover(Prover&&) noexcept = default;

Result<Hash> Prover::root(Range range) {
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
Result<std::vector<Hash>> Prover::roots_upwards(std::vector<Range> ranges) {
  std::reverse(ranges.begin(), ranges.end());
  std::vector<Hash> hashes;
  hashes.reserve(ranges.size());
  for (const Range& range : ranges) hashes.push_back(TRY(root(range)));
  forget();
  return hashes;
}

// The root of the 2^level leaves from `begin` on: one hash of a tile, or a node over some.
Result<Hash> Prover::subtree(unsigned level, std::uint64_t begin) {
  const unsigned tile_level = std::min(level / tile_height, tile_level_max);
  const std::uint64_t first = begin >> (tile_level * tile_height);
  const TileId id{static_cast<std::uint8_t>(tile_level), first / tile_width_max};
  const GrownTile* const grown = TRY(tile(id));
  const unsigned height = level - tile_level * tile_height;
  return grown->root(height, first % tile_width_max >> height);
}

Result<const Prover::GrownTile*> Prover::tile(TileId id) {
  const auto known = tiles_.find(id);
  if (known != tiles_.end()) return &known->second;
  const std::uint32_t width = tile_width(id, size_);
  auto hashes = TRY(reader_->read(id, width));
  if (hashes.size() != width) {
    return Error{ErrorCode::corrupt,
                 worded("{} holds {} hashes, wanted {}", "{} 有 {} 个哈希，应为 {} 个",
                        tile_path(id, width), hashes.size(), width)};
  }
  return &tiles_.emplace(id, GrownTile(std::move(hashes))).first->second;
}

// The tiles of the lowest level serve one entry of many; the others serve most of them.
void Prover::forget() {
  if (tiles_.size() > tiles_kept_max) tiles_.clear();
  for (auto tile = tiles_.begin(); tile != tiles_.end() && tile->first.level == 0;) {
    const bool full = tile_width(tile->first, size_) == tile_width_max;
    tile = full ? tiles_.erase(tile) : std::next(tile);
  }
}

Result<std::vector<Hash>> Prover::inclusion(Sequence index) {
  if (index.value >= size_.value) {
    return Error{ErrorCode::invalid,
                 worded("entry {} is not in a tree of size {}", "条目 {} 不在规模 {} 的默克尔树中",
                        index.value, size_.value)};
  }
  std::vector<Range> siblings;
  Range path{0, size_.value};
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
  return roots_upwards(std::move(siblings));
}

Result<std::vector<Hash>> Prover::consistency(TreeSize old_size) {
  if (old_size.value > size_.value) {
    return Error{ErrorCode::invalid, worded("a tree of size {} cannot continue one of size {}",
                                            "规模 {} 的默克尔树不能接续规模 {} 的默克尔树",
                                            size_.value, old_size.value)};
  }
  if (old_size.value == 0) return std::vector<Hash>{};
  // Follows the end of the old tree down to the greatest subtree that ends there.
  std::vector<Range> needed;
  Range path{0, size_.value};
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
  return roots_upwards(std::move(needed));
}

Result<Hash> Prover::root_at(TreeSize old_size) {
  if (old_size.value > size_.value) {
    return Error{ErrorCode::invalid,
                 worded("a tree of size {} never had the size {}",
                        "规模 {} 的默克尔树从未有过规模 {}", size_.value, old_size.value)};
  }
  auto hash = root({0, old_size.value});
  forget();
  return hash;
}

Result<std::vector<Hash>> prove_inclusion(TileReader& tiles, Sequence index, TreeSize size) {
  return Prover(tiles, size).inclusion(index);
}

Result<std::vector<Hash>> prove_consistency(TileReader& tiles, TreeSize old_size, TreeSize size) {
  return Prover(tiles, size).consistency(old_size);
}

Result<Hash> root_at(TileReader& tiles, TreeSize size) {
  return Prover(tiles, size).root_at(size);
}

}  // namespace ledger::proof
