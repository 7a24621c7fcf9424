// A tile has one path.
#include "ledger/base/check.h"
#include "ledger/proof/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto path = parse_tile_path(text)) {
    const auto* const tile = std::get_if<TileId>(&path->id);
    const std::string written = tile != nullptr
                                    ? tile_path(*tile, path->width)
                                    : bundle_path(std::get<BundleId>(path->id), path->width);
    ledger::check(written == text, "a tile path writes back as it was read");
  }
  return 0;
}
