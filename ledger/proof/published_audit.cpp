#include "ledger/proof/published_audit.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "ledger/proof/base64.h"
#include "ledger/proof/bundle.h"
#include "ledger/proof/frontier.h"
#include "ledger/proof/tree_hashes.h"

namespace ledger::proof {
namespace {

using Where = PublishedFinding::Where;

// A part of the tree as its files show it.
struct Part {
  std::optional<Hash> root;  // what the files lead to
  PublishedCoverage coverage;
};

// The parts under the hashes of one tile: its lower tiles, or its entries.
struct Parts {
  std::vector<Hash> roots;  // empty when one of them leads nowhere
  PublishedCoverage coverage;
};

void add(PublishedCoverage& sum, const PublishedCoverage& part) {
  sum.entries += part.entries;
  sum.hashes_only += part.hashes_only;
}

Sequence first_entry(TileId tile, std::size_t position) {
  return Sequence{(tile.number * tile_width_max + position) << (tile.level * tile_height)};
}

TileId below(TileId tile, std::size_t position) {
  return {static_cast<std::uint8_t>(tile.level - 1), tile.number * tile_width_max + position};
}

Message position_text(TileId tile, std::uint32_t width, std::size_t position, const Hash& hash) {
  return worded("hash {} of {} is {}", "{1} 中位置 {0} 的哈希为 {2}", position,
                tile_path(tile, width), encode_base64(hash));
}

Message root_text(const Hash& root) {
  return worded("root {}", "根哈希 {}", encode_base64(root));
}

// A partial tile: the right edge of one level.
struct EdgeTile {
  TileId id;
  std::uint32_t width;
  std::optional<std::vector<Hash>> hashes;
};

Message no_such_file() {
  return {"no such file", "没有此文件"};
}

Message what_is_there(const Error& error) {
  return error.code == ErrorCode::not_found ? no_such_file() : error.message;
}

class Audit {
 public:
  Audit(PublishedFiles& files, const TreeHead& signed_tree, const PublishedAuditOptions& options)
      : files_(files), tree_(signed_tree), options_(options) {}

  Result<PublishedCoverage> run() {
    TRY(load_edge());
    auto coverage = TRY(audit_edge());
    if (bundles_read_ > 0) tell_missing_bundles();
    return coverage;
  }

 private:
  void tell(Where where, std::optional<Sequence> index, Message expected, Message found) {
    if (!quiet_) options_.found({where, index, std::move(expected), std::move(found)});
  }

  // The hashes of a tile, or nothing and a finding.
  Result<std::optional<std::vector<Hash>>> load(TileId id, std::uint32_t width) {
    auto file = read_tile_file(files_, id, width);
    if (!file) {
      if (file.error().code == ErrorCode::unavailable) return file.error();
      tell(Where::file, first_entry(id, 0), tile_path(id, width), what_is_there(file.error()));
      return std::optional<std::vector<Hash>>();
    }
    auto hashes = parse_tile(*file);
    if (!hashes) {
      tell(Where::file, first_entry(id, 0),
           worded("{} with {} hashes", "含 {1} 个哈希的 {0}", tile_path(id, width), width),
           hashes.error().message);
      return std::optional<std::vector<Hash>>();
    }
    hashes->resize(width);
    return std::optional(*std::move(hashes));
  }

  // The leaf hashes of a bundle's entries; nothing when there is no bundle, or none that can
  // be taken apart.
  Result<std::vector<Hash>> leaves(std::uint64_t number, std::uint32_t width) {
    if (options_.progress) options_.progress(number * tile_width_max);
    const auto file = read_bundle_file(files_, BundleId{number}, width);
    if (!file) {
      if (file.error().code == ErrorCode::unavailable) return file.error();
      if (file.error().code != ErrorCode::not_found) {
        tell(Where::file, Sequence{number * tile_width_max}, bundle_path(BundleId{number}, width),
             what_is_there(file.error()));
      } else if (!quiet_) {
        missing_bundles_.emplace_back(number, width);
      }
      return std::vector<Hash>{};
    }
    ++bundles_read_;
    const auto entries = parse_bundle(file->bytes, file->width);
    if (!entries) {
      tell(Where::file, Sequence{number * tile_width_max},
           worded("{} with {} entries", "含 {1} 个条目的 {0}", bundle_path(BundleId{number}, width),
                  width),
           entries.error().message);
      return std::vector<Hash>{};
    }
    return hash_leaves(std::span(*entries).first(width));
  }

  // Checks the entries under a tile that can be trusted.
  Result<PublishedCoverage> check_entries(TileId tile, const std::vector<Hash>& trusted) {
    PublishedCoverage coverage;
    const auto width = static_cast<std::uint32_t>(trusted.size());
    const auto missing_before = missing_bundles_.size();
    const auto hashes = TRY(leaves(tile.number, width));
    if (hashes.empty()) {
      if (missing_bundles_.size() != missing_before) coverage.hashes_only = width;
      return coverage;
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (hashes[i] == trusted[i]) {
        ++coverage.entries;
        continue;
      }
      tell(Where::entry, first_entry(tile, i),
           worded("leaf hash {}", "叶哈希 {}", encode_base64(trusted[i])),
           worded("leaf hash {} in {}", "{1} 中的叶哈希 {0}", encode_base64(hashes[i]),
                  bundle_path(BundleId{tile.number}, width)));
    }
    return coverage;
  }

  // Checks all that lies under a tile that can be trusted, as far as the files go.
  Result<PublishedCoverage> check_below(TileId tile, const std::vector<Hash>& trusted) {
    if (tile.level == 0) return check_entries(tile, trusted);
    PublishedCoverage coverage;
    for (std::size_t i = 0; i < trusted.size(); ++i) {
      add(coverage, TRY(full_tile(below(tile, i), trusted[i])).coverage);
    }
    return coverage;
  }

  // The hashes that a tile should hold, from what lies under it.
  Result<Parts> rebuild(TileId tile, std::uint32_t width) {
    Parts parts;
    if (tile.level == 0) {
      parts.roots = TRY(leaves(tile.number, width));
      parts.coverage.entries = parts.roots.size();
      return parts;
    }
    for (std::size_t i = 0; i < width; ++i) {
      const auto part = TRY(full_tile(below(tile, i), std::nullopt));
      add(parts.coverage, part.coverage);
      // One part that leads nowhere is enough: without this, a signed size that no files stand
      // behind could be looked for without end.
      if (!part.root) {
        parts.roots.clear();
        return parts;
      }
      parts.roots.push_back(*part.root);
    }
    return parts;
  }

  // Names the hashes of a tile that are not the ones rebuilt.
  void tell_altered(TileId tile, const std::vector<Hash>& stored,
                    const std::vector<Hash>& rebuilt) {
    const auto width = static_cast<std::uint32_t>(rebuilt.size());
    for (std::size_t i = 0; i < rebuilt.size(); ++i) {
      if (stored[i] == rebuilt[i]) continue;
      tell(Where::tile, first_entry(tile, i), position_text(tile, width, i, rebuilt[i]),
           position_text(tile, width, i, stored[i]));
    }
  }

  // A full tile and all under it. `wanted` is its root, where something trusted says so.
  Result<Part> full_tile(TileId tile, std::optional<Hash> wanted) {
    const auto stored = TRY(load(tile, tile_width_max));
    const auto stored_root = stored ? std::optional(root_of(*stored)) : std::nullopt;
    if (stored && (!wanted || *stored_root == *wanted)) {
      return Part{stored_root, TRY(check_below(tile, *stored))};
    }
    const auto parts = TRY(rebuild(tile, tile_width_max));
    if (!parts.roots.empty()) {
      const auto root = root_of(parts.roots);
      if (!wanted || root == *wanted) {
        if (stored) tell_altered(tile, *stored, parts.roots);
        return Part{root, parts.coverage};
      }
    }
    if (stored) {
      tell(Where::tile, first_entry(tile, 0),
           worded("{} with the root {}", "根哈希为 {1} 的 {0}", tile_path(tile, tile_width_max),
                  encode_base64(*wanted)),
           root_text(*stored_root));
    }
    return Part{};
  }

  Status load_edge() {
    const auto levels = tile_levels(tree_.size);
    for (std::size_t level = levels.size(); level-- > 0;) {
      if (levels[level].partial_width == 0) continue;
      const TileId id{static_cast<std::uint8_t>(level), levels[level].full_count};
      const auto width = levels[level].partial_width;
      edge_.push_back({id, width, TRY(load(id, width))});
    }
    return Ok{};
  }

  // The signed root stands over the partial tiles of the right edge, and nothing else.
  Result<PublishedCoverage> audit_edge() {
    const bool vouched = root_of_edge() == tree_.root || TRY(mend_edge());
    PublishedCoverage coverage;
    for (const auto& tile : edge_) {
      if (tile.hashes) add(coverage, TRY(check_below(tile.id, *tile.hashes)));
    }
    const auto root = root_of_edge();
    coverage.root = root;
    if (vouched) return coverage;
    tell(Where::checkpoint, std::nullopt, root_text(tree_.root),
         root ? root_text(*root) : Message("tiles that lead to no root", "不通向任何根的瓦片"));
    return PublishedCoverage{root};
  }

  // The root over the edge, greatest parts first; nothing where a tile of it is missing.
  std::optional<Hash> root_of_edge() const {
    Frontier frontier;
    for (const auto& tile : edge_) {
      if (!tile.hashes) return std::nullopt;
      for (const Hash& hash : *tile.hashes) {
        frontier.append_subtree(tile.id.level * tile_height, hash);
      }
    }
    return frontier.root();
  }

  // Looks for the tiles of the edge that must be the altered ones: those without which, rebuilt
  // from below, the signed root comes out. There are at most eight. False when there are none.
  Result<bool> mend_edge() {
    const auto stored = edge_;
    quiet_ = true;  // all that is read here is read again
    std::vector<std::vector<Hash>> rebuilt;
    rebuilt.reserve(stored.size());
    for (const auto& tile : edge_) rebuilt.push_back(TRY(rebuild(tile.id, tile.width)).roots);
    quiet_ = false;
    for (unsigned choice = 1; choice < 1U << stored.size(); ++choice) {
      for (std::size_t i = 0; i < stored.size(); ++i) {
        edge_[i] = stored[i];
        if ((choice >> i & 1U) == 0) continue;
        edge_[i].hashes = rebuilt[i].empty() ? std::nullopt : std::optional(rebuilt[i]);
      }
      if (root_of_edge() != tree_.root) continue;
      for (std::size_t i = 0; i < stored.size(); ++i) {
        if (stored[i].hashes) tell_altered(stored[i].id, *stored[i].hashes, *edge_[i].hashes);
      }
      return true;
    }
    edge_ = stored;
    return false;
  }

  void tell_missing_bundles() {
    for (const auto& [number, width] : missing_bundles_) {
      tell(Where::file, Sequence{number * tile_width_max}, bundle_path(BundleId{number}, width),
           no_such_file());
    }
  }

  PublishedFiles& files_;
  const TreeHead& tree_;
  const PublishedAuditOptions& options_;
  std::vector<EdgeTile> edge_;  // highest level first
  bool quiet_ = false;          // only trying what the files lead to
  std::uint64_t bundles_read_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> missing_bundles_;
};

// What an older checkpoint, called `name`, signed.
Message as_signed(const Message& what, std::string_view name) {
  return worded("{}, as {} signed", "{}（{} 所签）", what, name);
}

// The partial tiles of an older size: each that is there must begin what the newer tile goes on
// with. One that is not there was perhaps never published: not every checkpoint is.
Result<std::optional<PublishedFinding>> older_edge(PublishedFiles& files, PublishedTiles& newer,
                                                   const TreeHead& older, std::string_view name) {
  const auto levels = tile_levels(older.size);
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const auto width = levels[level].partial_width;
    if (width == 0) continue;
    const TileId id{static_cast<std::uint8_t>(level), levels[level].full_count};
    const auto wanted = TRY(newer.read(id, width));
    const auto file = read_tile_file(files, id, width);
    if (!file && file.error().code == ErrorCode::unavailable) return file.error();
    const auto differs = [&](Message found) {
      return std::optional(PublishedFinding{Where::file, first_entry(id, 0),
                                            as_signed(tile_path(id, width), name),
                                            std::move(found)});
    };
    if (!file && file.error().code == ErrorCode::not_found) continue;
    if (!file) return differs(what_is_there(file.error()));
    auto hashes = parse_tile(*file);
    if (!hashes) return differs(hashes.error().message);
    hashes->resize(width);
    if (*hashes != wanted) {
      return differs({"other hashes than those of the newer tile", "与较新瓦片不同的哈希"});
    }
  }
  return std::optional<PublishedFinding>();
}

}  // namespace

Result<PublishedCoverage> audit_published(PublishedFiles& files, const TreeHead& signed_tree,
                                          const PublishedAuditOptions& options) {
  return Audit(files, signed_tree, options).run();
}

Result<std::optional<PublishedFinding>> compare_older(PublishedFiles& files, const TreeHead& newer,
                                                      const TreeHead& older,
                                                      std::string_view name) {
  const auto differs = [&](const Message& expected, Message found) {
    return std::optional(PublishedFinding{Where::checkpoint, std::nullopt,
                                          as_signed(expected, name), std::move(found)});
  };
  if (older.size.value > newer.size.value) {
    return differs(worded("a log of at least {} entries", "至少 {} 个条目的日志", older.size.value),
                   worded("{} entries", "{} 个条目", newer.size.value));
  }
  PublishedTiles tiles(files, newer.size);
  const auto proof = prove_consistency(tiles, older.size, newer.size);
  if (!proof && proof.error().code == ErrorCode::unavailable) return proof.error();
  if (proof && verify_consistency(older, newer, *proof)) {
    return older_edge(files, tiles, older, name);
  }
  const auto expected = worded("root {} at size {}", "规模 {1} 时的根哈希 {0}",
                               encode_base64(older.root), older.size.value);
  const auto root = root_at(tiles, older.size);
  if (root && *root != older.root) return differs(expected, root_text(*root));
  return differs(expected, {"tiles that do not lead from there to the newest checkpoint",
                            "无法由此通向最新检查点的瓦片"});
}

}  // namespace ledger::proof
