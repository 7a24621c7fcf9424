// Making proofs and old roots from the tiles of a tree, wherever they are kept.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/tile.h"

namespace ledger::proof {

// Where tiles come from: a database, a folder, the web.
class TileReader {
 public:
  virtual ~TileReader() = default;
  // The first `width` hashes, 1 … 256, of a tile. A tile that has grown wider since serves
  // as well. Fails as the place of storage does, with `not_found` for want of the tile.
  virtual Result<std::vector<Hash>> read(TileId tile, std::uint32_t width) = 0;
};

// Makes proofs about a tree of one size. Each reads a tile at most once, some three for every
// factor of 256 in the size; the upper ones are kept for the next, up to 8 MiB. All fail as the
// reader does, with `corrupt` when it gives another number of hashes, and with `invalid` for a
// question without an answer. The hashes read are taken at their word: to trust a proof, verify it
// (merkle.h) against a signed root. One thread at a time.
class Prover {
 public:
  // The reader must outlive it.
  Prover(TileReader& tiles, TreeSize size);
  ~Prover();
  Prover(Prover&& other) noexcept;

  TreeSize size() const { return size_; }

  // The proof that leaf `index` is in the tree (RFC 6962, section 2.1.1).
  Result<std::vector<Hash>> inclusion(Sequence index);
  // The proof that the tree continues that of `old_size` (section 2.1.2); empty for an old size
  // of 0 or of the same size.
  Result<std::vector<Hash>> consistency(TreeSize old_size);
  // The root that the tree had at that size.
  Result<Hash> root_at(TreeSize old_size);

 private:
  class GrownTile;
  struct Range;

  Result<Hash> root(Range range);
  Result<std::vector<Hash>> roots_upwards(std::vector<Range> ranges);
  Result<Hash> subtree(unsigned level, std::uint64_t begin);
  Result<const GrownTile*> tile(TileId id);
  void forget();

  TileReader* reader_;
  TreeSize size_;
  std::map<TileId, GrownTile> tiles_;
};

// The same, where one is wanted only.
Result<std::vector<Hash>> prove_inclusion(TileReader& tiles, Sequence index, TreeSize size);
Result<std::vector<Hash>> prove_consistency(TileReader& tiles, TreeSize old_size, TreeSize size);
Result<Hash> root_at(TileReader& tiles, TreeSize size);

}  // namespace ledger::proof
