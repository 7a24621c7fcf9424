#include "ledger/publish.h"

#include <optional>
#include <system_error>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/file_lock.h"
#include "ledger/log_proof.h"
#include "ledger/mention_index.h"
#include "ledger/proof/bundle.h"
#include "ledger/proof/tree_hashes.h"
#include "ledger/published_folder.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t batch_files_max = 512;
constexpr std::size_t batch_bytes_max = std::size_t{32} << 20;

// Keeps other runs out of a folder, which is made if it is not there.
Result<FileLock> lock_folder(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) {
    return Error{ErrorCode::unavailable,
                 worded("cannot make the folder {}: {}; check the permissions",
                        "无法新建目录 {}：{}；请检查权限", folder.string(), code.message())};
  }
  return FileLock::take_folder(
      folder,
      worded("another run publishes to {} at this moment; wait for it to end",
             "另有进程正在发布到 {}；请等待其结束", folder.string()),
      ErrorCode::conflict);
}

Error not_published(const fs::path& folder, const Message& why) {
  return {ErrorCode::corrupt,
          worded("{} {}. Nothing was changed there; publish to another folder, or compare the two "
                 "(tally verify --tiles)",
                 "{} {}。该处未作改动；请发布到另一目录，或比对两者（tally verify --tiles）",
                 folder.string(), why)};
}

Error altered(const Message& what) {
  return {ErrorCode::corrupt,
          worded("{} is not what the checkpoint signs; nothing more was published. `tally verify` "
                 "says what differs",
                 "与检查点所签不符：{}；未再发布任何内容。`tally verify` 会指出差异所在", what)};
}

// One run over one folder.
class Publisher {
 public:
  Publisher(const Reader& view, const SignedTree& head, fs::path folder,
            const PublishOptions& options)
      : view_(view), head_(head), folder_(std::move(folder)), options_(options) {}

  Result<Publication> run() {
    before_ = TRY(size_before());
    if (options_.disclosure == Disclosure::entries) {
      TRY(write_bundles());
    } else if (exists("tile/entries")) {
      return Error{
          ErrorCode::conflict,
          worded("{} already publishes entries; to publish hashes only, use another folder",
                 "{} 已发布条目；若只发布哈希，请用另一目录", folder_.string())};
    }
    if (before_ != head_.tree.size) TRY(write_tiles());
    TRY(commit());
    if (published_ != head_.note) {  // it may also have been cosigned since
      TRY(replace_file(folder_ / proof::checkpoint_path, head_.note, FileAccess::everyone));
      ++files_;
    }
    if (before_ != head_.tree.size) remove_outgrown();
    TRY(write_mentions());
    return Publication{before_, head_.tree, files_};
  }

 private:
  // The size that the folder publishes. An empty folder is given the first checkpoint of all,
  // over no entries: from then on it says whose it is.
  Result<TreeSize> size_before() {
    const auto note = read_file(folder_ / proof::checkpoint_path);
    if (!note) {
      if (note.error().code != ErrorCode::not_found) return note.error();
      if (exists("tile")) {
        return not_published(folder_, {"holds tiles of a log without saying of which",
                                       "中有日志的瓦片，却未说明属于哪个日志"});
      }
      const auto first = TRY(newest_signed_tree(view_.at(TreeSize{0})));
      TRY(replace_file(folder_ / proof::checkpoint_path, first.note, FileAccess::everyone));
      ++files_;
      published_ = first.note;
      return TreeSize{0};
    }
    published_ = *note;
    const auto key = TRY(proof::VerifierKey::parse(view_.verifier_key()));
    const auto published = proof::open_checkpoint(*note, key, view_.origin());
    if (!published) {
      return not_published(
          folder_, worded("holds another log: {}", "中是另一日志：{}", published.error().message));
    }
    const auto size = published->tree.size;
    if (size > head_.tree.size) {
      return not_published(folder_, worded("publishes {} entries, more than the {} that this "
                                           "ledger has signed: this is an older ledger",
                                           "已发布 {} 个条目，多于本账本已签名的 {} 个：本账本较旧",
                                           size.value, head_.tree.size.value));
    }
    LogTiles tiles(view_);
    if (TRY(proof::root_at(tiles, size)) != published->tree.root) {
      return not_published(
          folder_,
          worded("publishes another past: at size {} its root is not the one of this ledger",
                 "所发布的历史不同：规模 {} 时其根不是本账本的根", size.value));
    }
    return size;
  }

  // After the checkpoint of the entries that it is about.
  Status write_mentions() {
    if (!options_.mentions) return Ok{};
    TRY(open_mentions(*options_.mentions, view_));
    const auto file = folder_ / proof::mentions_path;
    if (const auto there = read_file(file); there && *there == *options_.mentions) return Ok{};
    TRY(replace_file(file, *options_.mentions, FileAccess::everyone));
    ++files_;
    return Ok{};
  }

  Status write(const std::string& path, Bytes bytes) {
    TRY(batch_.add(folder_ / path, text_of(bytes)));
    ++files_;
    batch_bytes_ += bytes.size();
    if (batch_.size() < batch_files_max && batch_bytes_ < batch_bytes_max) return Ok{};
    return commit();
  }

  Status commit() {
    batch_bytes_ = 0;
    return batch_.commit();
  }

  bool exists(const std::string& path) const {
    std::error_code ignored;
    return fs::exists(folder_ / path, ignored);
  }

  // How many entries of the published part have their bundles: all, or none where only hashes
  // were published so far. Bundles are written in order, so the last one tells.
  TreeSize bundled_before() const {
    if (before_.value == 0) return before_;
    const proof::BundleId last{(before_.value - 1) / proof::tile_width_max};
    const auto width = proof::tile_width({0, last.number}, before_);
    const bool there = exists(proof::bundle_path(last, width)) ||
                       exists(proof::bundle_path(last, proof::tile_width_max));
    return there ? before_ : TreeSize{0};
  }

  Status write_bundles() {
    const auto bundled = bundled_before();
    if (bundled == head_.tree.size) return Ok{};
    std::vector<std::byte> bundle;
    Selection rest;
    rest.from = Sequence{bundled.value / proof::tile_width_max * proof::tile_width_max};
    return view_.scan(rest, [&](const Entry& entry) -> Status {
      proof::append_to_bundle(entry.bytes, bundle);
      const auto end = entry.index.value + 1;
      if (end % proof::tile_width_max != 0 && end != head_.tree.size.value) return Ok{};
      const auto number = entry.index.value / proof::tile_width_max;
      const auto width = static_cast<std::uint32_t>(end - number * proof::tile_width_max);
      const auto entries = TRY(proof::parse_bundle(bundle, width));
      if (proof::hash_leaves(entries) != TRY(view_.tile({0, number}))) {
        return altered(
            worded("an entry from {} on", "自 {} 起的某个条目", number * proof::tile_width_max));
      }
      TRY(write(proof::bundle_path({number}, width), bundle));
      bundle.clear();
      if (options_.progress) options_.progress(end);
      return Ok{};
    });
  }

  Status write_tiles() {
    for (unsigned level = 0; level <= proof::tile_level_max; ++level) TRY(write_level(level));
    LogTiles tiles(view_);
    if (TRY(proof::root_at(tiles, head_.tree.size)) == head_.tree.root) return Ok{};
    return altered({"the root of the stored tree", "存储的树的根"});
  }

  Status write_tile(proof::TileId tile, const std::vector<Hash>& hashes) {
    std::vector<std::byte> bytes;
    bytes.reserve(hashes.size() * sizeof(Hash));
    for (const Hash& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
    return write(proof::tile_path(tile, static_cast<std::uint32_t>(hashes.size())), bytes);
  }

  // The tiles of a level that are new since the folder's checkpoint. Each is compared with
  // the new tiles under it.
  Status write_level(unsigned level) {
    const auto now = proof::tile_level(level, head_.tree.size);
    const auto first = proof::tile_level(level, before_).full_count;
    const auto first_below = level == 0 ? 0 : proof::tile_level(level - 1, before_).full_count;
    std::vector<Hash> roots;
    for (auto number = first; number < now.full_count + (now.partial_width != 0 ? 1 : 0);
         ++number) {
      const proof::TileId tile{static_cast<std::uint8_t>(level), number};
      const auto hashes = TRY(view_.tile(tile));
      for (std::size_t i = 0; level != 0 && i < hashes.size(); ++i) {
        const auto below = number * proof::tile_width_max + i;
        if (below >= first_below && hashes[i] != roots_below_[below - first_below]) {
          return altered(proof::tile_path(tile, static_cast<std::uint32_t>(hashes.size())));
        }
      }
      // A partial tile that has not grown since is there already.
      if (hashes.size() != proof::tile_width(tile, before_)) TRY(write_tile(tile, hashes));
      if (number < now.full_count) roots.push_back(proof::root_of(hashes));
    }
    roots_below_ = std::move(roots);
    return Ok{};
  }

  // Partial tiles and bundles whose full one is there now. A crash before this leaves them,
  // which costs their space and nothing else.
  void remove_outgrown() const {
    for (unsigned level = 0; level <= proof::tile_level_max; ++level) {
      const auto old = proof::tile_level(level, before_);
      if (old.partial_width == 0) continue;
      if (proof::tile_level(level, head_.tree.size).full_count <= old.full_count) continue;
      const proof::TileId tile{static_cast<std::uint8_t>(level), old.full_count};
      remove_partials(proof::tile_path(tile, proof::tile_width_max));
      if (level == 0) {
        remove_partials(proof::bundle_path({old.full_count}, proof::tile_width_max));
      }
    }
  }

  void remove_partials(const std::string& full) const {
    std::error_code ignored;
    if (exists(full)) fs::remove_all(folder_ / (full + ".p"), ignored);
  }

  const Reader& view_;  // of the signed size
  const SignedTree& head_;
  fs::path folder_;
  const PublishOptions& options_;
  TreeSize before_;
  std::string published_;  // the checkpoint in the folder
  FileBatch batch_;
  std::size_t batch_bytes_ = 0;
  std::uint64_t files_ = 0;
  std::vector<Hash> roots_below_;  // of the new full tiles one level down
};

}  // namespace

Result<Publication> publish(const Reader& view, const fs::path& folder,
                            const PublishOptions& options) {
  const auto head = TRY(newest_signed_tree(view));
  const auto lock = TRY(lock_folder(folder));
  const Reader signed_view = view.at(head.tree.size);
  return Publisher(signed_view, head, folder, options).run();
}

}  // namespace ledger
