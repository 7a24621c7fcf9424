// The hash tree of a ledger, as its database keeps it: full tiles stored, the tiles at
// its right edge made from what lies under them.
#pragma once

#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/prover.h"
#include "ledger/proof/tile.h"
#include "ledger/store.h"

namespace ledger {

// The key and the value of a full tile.
std::vector<std::byte> tile_key(proof::TileId tile);
std::vector<std::byte> tile_value(std::span<const Hash> hashes);
// Fails with `corrupt` for bytes that are no full tile or do not fit their checksum.
Result<std::vector<Hash>> parse_tile(proof::TileId tile, Bytes value);

// Safe from any thread, as the store is.
class StoredTree final : public proof::TileReader {
 public:
  explicit StoredTree(const Store& store) : store_(store) {}

  // The first `width` hashes of the tile. Fails with `corrupt` when what they are made of
  // is damaged or missing.
  Result<std::vector<Hash>> read(proof::TileId tile, std::uint32_t width) override;

 private:
  Result<std::vector<Hash>> leaves(std::uint64_t number, std::uint32_t width) const;
  Result<std::vector<Hash>> roots_below(proof::TileId tile, std::uint32_t width) const;

  const Store& store_;
};

}  // namespace ledger
