#include "ledger/stored_tree.h"

#include <algorithm>
#include <cstring>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/checksum.h"
#include "ledger/frame_cursor.h"
#include "ledger/leaves.h"

namespace ledger {
namespace {

constexpr std::size_t hashes_size = proof::tile_width_max * sizeof(Hash);
constexpr std::size_t value_size = hashes_size + sizeof(std::uint64_t);

Error damaged(proof::TileId tile, const Message& what) {
  return {ErrorCode::corrupt,
          worded("{} {}; run `tally verify`, and keep this directory as evidence",
                 "{} {}；请运行 `tally verify`，并保留此目录作为证据",
                 proof::tile_path(tile, proof::tile_width_max), what)};
}

}  // namespace

std::vector<std::byte> tile_key(proof::TileId tile) {
  std::vector<std::byte> key{std::byte{tile.level}};
  const auto number = big_endian(tile.number);
  key.insert(key.end(), number.begin(), number.end());
  return key;
}

std::vector<std::byte> tile_value(std::span<const Hash> hashes) {
  std::vector<std::byte> value(value_size);
  std::memcpy(value.data(), hashes.data(), hashes_size);
  store_little(value, hashes_size, checksum(Bytes(value).first(hashes_size)));
  return value;
}

Result<std::vector<Hash>> parse_tile(proof::TileId tile, Bytes value) {
  if (value.size() != value_size) return damaged(tile, {"has a wrong length", "长度有误"});
  const auto hashes = value.first(hashes_size);
  if (load_little<std::uint64_t>(value, hashes_size) != checksum(hashes)) {
    return damaged(tile, {"does not fit its checksum", "与其校验和不符"});
  }
  std::vector<Hash> result(proof::tile_width_max);
  std::memcpy(result.data(), hashes.data(), hashes_size);
  return result;
}

// A tile that is full in the database may be partial in the view that asks.
Result<std::vector<Hash>> StoredTree::read(proof::TileId tile, std::uint32_t width) {
  const auto stored = TRY(store_.get(Table::tree, tile_key(tile)));
  if (!stored) {
    return tile.level == 0 ? leaves(tile.number, width) : roots_below(tile, width);
  }
  auto hashes = TRY(parse_tile(tile, bytes_of(*stored)));
  hashes.resize(width);
  return hashes;
}

Result<std::vector<Hash>> StoredTree::leaves(std::uint64_t number, std::uint32_t width) const {
  std::vector<Hash> hashes;
  FrameCursor cursor(store_, Store::Pattern::few);
  Sequence next{number * proof::tile_width_max};
  while (hashes.size() < width) {
    TRY(cursor.seek(next));
    const auto& frame = cursor.stored();
    const auto begin = static_cast<std::uint32_t>(next.value - frame.first().value);
    const auto wanted = width - static_cast<std::uint32_t>(hashes.size());
    const auto found = leaf_hashes(frame, begin, std::min(frame.count(), begin + wanted));
    hashes.insert(hashes.end(), found.begin(), found.end());
    next = Sequence{frame.end().value};
  }
  return hashes;
}

Result<std::vector<Hash>> StoredTree::roots_below(proof::TileId tile, std::uint32_t width) const {
  std::vector<Hash> hashes;
  for (std::uint64_t child = 0; child < width; ++child) {
    const proof::TileId below{static_cast<std::uint8_t>(tile.level - 1),
                              tile.number * proof::tile_width_max + child};
    const auto stored = TRY(store_.get(Table::tree, tile_key(below)));
    if (!stored) return damaged(below, {"is missing", "缺失"});
    const auto full = TRY(parse_tile(below, bytes_of(*stored)));
    hashes.push_back(proof::root_of(full));
  }
  return hashes;
}

}  // namespace ledger
