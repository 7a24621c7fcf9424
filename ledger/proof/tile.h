// Tiles of C2SP tlog-tiles: how the hashes of a tree are cut into files of at most 256.
// Hash i of tile n at level l is the root of the 256^l leaves from (n·256 + i)·256^l on.
// Arithmetic and names only; pure.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"

namespace ledger::proof {

inline constexpr std::uint32_t tile_width_max = 256;  // hashes in a full tile
inline constexpr unsigned tile_height = 8;            // tree levels that a tile level spans
inline constexpr unsigned tile_level_max = 7;         // 64 bits of size have no more levels

struct TileId {
  std::uint8_t level{};
  std::uint64_t number{};
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 mistakes what the compiler writes here
  auto operator<=>(const TileId&) const = default;
};

// Entries number·256 … of the log, up to 256 of them.
struct BundleId {
  std::uint64_t number{};
  auto operator<=>(const BundleId&) const = default;
};

// What a tree of some size has at one level.
struct TileLevel {
  std::uint64_t full_count{};     // full tiles: numbers 0 … full_count − 1
  std::uint32_t partial_width{};  // hashes in tile number full_count; 0 means there is no such tile
  bool operator==(const TileLevel&) const = default;
};

TileLevel tile_level(unsigned level, TreeSize size);
// All levels that hold a tile, lowest first.
std::vector<TileLevel> tile_levels(TreeSize size);
// Hashes that the tile has in a tree of that size: 0 (no such tile) … 256 (full).
std::uint32_t tile_width(TileId tile, TreeSize size);

// The root of a tree whose leaves, or complete subtrees of one size, have these hashes:
// the next level's hash for the 256 of a full tile, and the root of the empty tree for none.
Hash root_of(std::span<const Hash> hashes);

// A name such as `tile/1/x001/x234/067` or, with a width below 256, `tile/0/273.p/112`.
// Requires a level of at most 7 and a width of 1 … 256.
std::string tile_path(TileId tile, std::uint32_t width);
// `tile/entries/273.p/112`: the bundle of entries under the tile 273 of level 0.
std::string bundle_path(BundleId bundle, std::uint32_t width);

// What a path names.
struct TilePath {
  std::variant<TileId, BundleId> id;
  std::uint32_t width = tile_width_max;
  bool operator==(const TilePath&) const = default;
};

// The inverse of the two above; nothing for text that neither of them writes.
std::optional<TilePath> parse_tile_path(std::string_view path);

}  // namespace ledger::proof
