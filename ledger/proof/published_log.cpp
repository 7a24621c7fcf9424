#include "ledger/proof/published_log.h"

#include <algorithm>
#include <functional>

namespace ledger::proof {
namespace {

Result<PublishedFile> read_either(PublishedFiles& files, std::uint32_t width,
                                  const std::function<std::string(std::uint32_t)>& path_of) {
  auto bytes = files.read(path_of(width));
  if (bytes) return PublishedFile{path_of(width), width, *std::move(bytes)};
  if (bytes.error().code != ErrorCode::not_found || width == tile_width_max) return bytes.error();
  auto full = files.read(path_of(tile_width_max));
  if (full) return PublishedFile{path_of(tile_width_max), tile_width_max, *std::move(full)};
  if (full.error().code != ErrorCode::not_found) return full.error();
  return bytes.error();
}

}  // namespace

Result<PublishedFile> read_tile_file(PublishedFiles& files, TileId tile, std::uint32_t width) {
  return read_either(files, width, [&](std::uint32_t wide) { return tile_path(tile, wide); });
}

Result<PublishedFile> read_bundle_file(PublishedFiles& files, BundleId bundle,
                                       std::uint32_t width) {
  return read_either(files, width, [&](std::uint32_t wide) { return bundle_path(bundle, wide); });
}

Result<std::vector<Hash>> parse_tile(const PublishedFile& file) {
  if (file.bytes.size() != file.width * sizeof(Hash)) {
    return Error{ErrorCode::invalid,
                 worded("{} has {} bytes, wanted {}", "{} 有 {} 字节，应为 {} 字节", file.path,
                        file.bytes.size(), file.width * sizeof(Hash))};
  }
  std::vector<Hash> hashes(file.width);
  auto from = file.bytes.begin();
  for (Hash& hash : hashes) {
    const auto end = from + sizeof(Hash);
    std::copy(from, end, hash.begin());
    from = end;
  }
  return hashes;
}

Result<std::vector<Hash>> PublishedTiles::read(TileId tile, std::uint32_t width) {
  const std::uint32_t published = tile_width(tile, size_);
  const auto file = TRY(read_tile_file(files_, tile, std::max(width, published)));
  auto hashes = TRY(parse_tile(file));
  hashes.resize(std::min<std::size_t>(hashes.size(), width));
  return hashes;
}

}  // namespace ledger::proof
