#include "ledger/scrub.h"

#include <algorithm>
#include <iterator>
#include <mutex>

#include "ledger/base/in_parallel.h"
#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/checksum.h"
#include "ledger/codec.h"
#include "ledger/finding.h"
#include "ledger/frame_walk.h"
#include "ledger/prefetch.h"
#include "ledger/proof/tile.h"
#include "ledger/stored_tree.h"
#include "ledger/subtree_audit.h"

namespace ledger {
namespace {

// What a part of the ledger came to: a stretch of the log, or all tiles.
struct Part {
  std::uint64_t sound = 0;  // entries, or tiles, that fit their checksums
  std::vector<Finding> findings;
};

Finding about(Finding::Where where, std::optional<Sequence> index, Message expected,
              Message found) {
  return {where, index, std::move(expected), std::move(found), {}, {}};
}

void scrub_frame(const FrameView& frame, Part& stretch) {
  for (std::uint32_t position = 0; position < frame.count(); ++position) {
    if (frame.entry_intact(position)) {
      ++stretch.sound;
      continue;
    }
    EntryFinding finding({frame.first().value + position});
    const auto bytes = frame.entry(position);
    finding.differs({"checksum", "校验和"}, hex_of(frame.entry_checksum(position)),
                    hex_of(checksum(bytes)));
    const auto entry = decode({frame.first().value + position}, bytes);
    if (entry) finding.names(*entry);
    stretch.findings.push_back(finding.finding());
  }
  if (!frame.padding_intact()) {
    stretch.findings.push_back(about(Finding::Where::frame, frame.first(),
                                     {"zeros between the entries", "条目之间为零字节"},
                                     {"other bytes", "其他字节"}));
  }
}

Part scrub_stretch(const Store& store, Sequence first, TreeSize end) {
  Part stretch;
  const auto lost = [&stretch](Sequence from, TreeSize to, const Message& why) {
    stretch.findings.push_back(
        about(Finding::Where::frame, from,
              worded("a frame with entries to {}", "条目至 {} 为止的帧", to.value - 1), why));
  };
  const auto stranger = [&stretch](Bytes key) {
    stretch.findings.push_back(
        about(Finding::Where::frame, std::nullopt, {"frames that do not overlap", "互不重叠的帧"},
              worded("a record under the key {}", "键 {} 下的记录", hex_of(key))));
  };
  walk_frames(
      store, first, end,
      {[&stretch](const FrameView& frame) { scrub_frame(frame, stretch); }, lost, stranger});
  return stretch;
}

Part scrub_tiles(const Store& store) {
  Part tiles;
  Prefetch(store, Table::tree).announce_all();
  auto cursor = store.cursor(Table::tree, Store::Pattern::scan);
  for (cursor.seek_first(); cursor.valid(); cursor.next()) {
    const auto key = cursor.key();
    if (key.size() != 9 || std::to_integer<unsigned>(key[0]) > proof::tile_level_max) {
      tiles.findings.push_back(
          about(Finding::Where::tile, std::nullopt, {"no such tile", "没有此瓦片"},
                worded("a tile under the key {}", "键 {} 下的瓦片", hex_of(key))));
      continue;
    }
    const proof::TileId tile{std::to_integer<std::uint8_t>(key[0]), load_big(key.subspan(1))};
    const auto hashes = parse_tile(tile, cursor.value());
    if (hashes) {
      ++tiles.sound;
    } else {
      tiles.findings.push_back(about(Finding::Where::tile, std::nullopt,
                                     proof::tile_path(tile, proof::tile_width_max),
                                     hashes.error().message));
    }
  }
  if (const auto status = cursor.status(); !status) {
    tiles.findings.push_back(about(Finding::Where::tile, std::nullopt,
                                   {"tiles that can be read through", "能够读完的瓦片"},
                                   status.error().message));
  }
  return tiles;
}

}  // namespace

Scrub scrub(const OpenLedger& ledger, const VerifyOptions& options) {
  const auto& store = *ledger.store;
  const auto size = ledger.head.size().value;
  std::vector<Part> stretches(
      static_cast<std::size_t>((size + subtree_entries - 1) / subtree_entries));
  Part tiles;
  std::mutex progress;
  std::uint64_t done = 0;
  Prefetch frames(store, Table::frames);
  const auto announce = [&](std::size_t number) {
    const auto first = number * subtree_entries;
    frames.announce(big_endian(first), big_endian(first + subtree_entries - 1));
  };
  for (std::size_t number = 0; number < options.threads; ++number) announce(number);
  in_parallel(options.threads, 1 + stretches.size(), [&](std::size_t at) {
    if (at == 0) {
      tiles = scrub_tiles(store);
      return;
    }
    const auto number = at - 1;
    announce(number + options.threads);
    const auto first = number * subtree_entries;
    const auto end = std::min(first + subtree_entries, size);
    stretches[number] = scrub_stretch(store, Sequence{first}, TreeSize{end});
    const std::lock_guard lock(progress);
    done += end - first;
    if (options.progress) options.progress(done, size);
  });

  Scrub result;
  result.tiles = tiles.sound;
  const auto take = [&result](std::vector<Finding>& findings) {
    std::move(findings.begin(), findings.end(), std::back_inserter(result.findings));
  };
  for (auto& stretch : stretches) {
    result.scrubbed += stretch.sound;
    take(stretch.findings);
  }
  take(tiles.findings);
  result.differences = result.findings.size();
  if (result.findings.size() > options.findings_max) result.findings.resize(options.findings_max);
  return result;
}

}  // namespace ledger
