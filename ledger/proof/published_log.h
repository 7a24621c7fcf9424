// A log as C2SP tlog-tiles publishes it: files, found by their paths in a folder or on the web.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/prover.h"
#include "ledger/proof/tile.h"

namespace ledger::proof {

inline constexpr std::string_view checkpoint_path = "checkpoint";
inline constexpr std::string_view mentions_path = "mentions";  // ours only: mention_statement.h

class PublishedFiles {
 public:
  virtual ~PublishedFiles() = default;
  // The whole of a file, `tile/0/273.p/112` say. Fails with `not_found` when there is none,
  // `invalid` for what cannot be one of a log, `unavailable` when that cannot be told.
  virtual Result<std::vector<std::byte>> read(const std::string& path) = 0;
};

// The file of a tile or bundle of that width. Where a partial one has gone because the log has
// grown on, the full one is read in its place.
struct PublishedFile {
  std::string path;  // that was read
  std::uint32_t width;
  std::vector<std::byte> bytes;
};

// Fail as the files do.
Result<PublishedFile> read_tile_file(PublishedFiles& files, TileId tile, std::uint32_t width);
Result<PublishedFile> read_bundle_file(PublishedFiles& files, BundleId bundle, std::uint32_t width);

// The hashes in the file of a tile. Fails with `invalid` unless it holds as many as its width.
Result<std::vector<Hash>> parse_tile(const PublishedFile& file);

// The tiles of a published log for making proofs: every tile is read as wide as the log of
// `size` makes it, since the partial tiles of older sizes may be gone.
class PublishedTiles final : public TileReader {
 public:
  PublishedTiles(PublishedFiles& files, TreeSize size) : files_(files), size_(size) {}

  Result<std::vector<Hash>> read(TileId tile, std::uint32_t width) override;

 private:
  PublishedFiles& files_;
  TreeSize size_;
};

}  // namespace ledger::proof
