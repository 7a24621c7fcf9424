#include "ledger/backup.h"

#include <algorithm>
#include <system_error>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/file_lock.h"
#include "ledger/frozen_database.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/prover.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

constexpr int freezings_max = 5;

// The copy of a ledger that is backed up in its stead: hard links and the tail of the log.
// It lies in `cache/`, since only within a file system are there hard links.
class FrozenLedger {
 public:
  explicit FrozenLedger(const LedgerPaths& live) : live_(live), root_(live.cache / "backup") {}

  ~FrozenLedger() { clear(); }

  FrozenLedger(const FrozenLedger&) = delete;
  FrozenLedger& operator=(const FrozenLedger&) = delete;

  std::filesystem::path database() const { return LedgerPaths(root_).database; }

  // What was backed up is to hold at least `acknowledged`.
  Result<BackupLabel> freeze(TreeSize acknowledged) {
    for (int tries = 1;; ++tries) {
      auto label = try_to_freeze(acknowledged);
      if (label || tries == freezings_max) return label;
    }
  }

 private:
  void clear() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  Result<BackupLabel> try_to_freeze(TreeSize acknowledged) {
    clear();
    const LedgerPaths copy(root_);
    std::error_code error;
    std::filesystem::create_directories(copy.database, error);
    if (error) {
      return Error{ErrorCode::unavailable,
                   worded("cannot make {}: {}; check the permissions",
                          "无法新建 {}：{}；请检查权限", copy.database.string(), error.message())};
    }
    const auto config = TRY(read_file(live_.config));
    TRY(replace_file(copy.config, config, FileAccess::everyone));
    // Before the database: a checkpoint is written after the entries that it covers.
    const auto high_water = TRY(read_file(live_.high_water));
    TRY(replace_file(copy.high_water, high_water, FileAccess::everyone));
    TRY(freeze_database(live_.database, copy.database));
    const auto ledger = TRY(open_ledger(root_, Store::Mode::read));
    TRY(check_high_water(*ledger));
    const auto& head = ledger->head;
    StoredTree tiles(*ledger->store);
    const auto root = TRY(proof::root_at(tiles, head.size()));
    if (head.size() < acknowledged || root != head.frontier.root()) {
      return Error{ErrorCode::unavailable,
                   worded("the writer changes files faster than they can be copied; try again",
                          "写入方改动文件快于复制；请重试")};
    }
    return BackupLabel{head.size(), root, config, high_water};
  }

  LedgerPaths live_;
  std::filesystem::path root_;
};

// Whether the ledger goes on where the newest backup of the archive ended, as far as that
// was signed: what was not, a power cut may have taken from the ledger again.
Status check_continues(const OpenLedger& ledger, const std::filesystem::path& directory,
                       const std::vector<Backup>& backups) {
  for (const auto& backup : backups) {
    if (backup.label) continue;
    return Error{ErrorCode::corrupt,
                 worded("backup {} in {} is damaged: keep that directory, and back up to another",
                        "{1} 中的备份 {0} 已损坏：请保留该目录，并备份到另一目录", backup.id.value,
                        directory.string())};
  }
  if (backups.empty()) return Ok{};
  const auto& newest = backups.back();
  const auto signed_then =
      proof::open_checkpoint(newest.label->high_water, ledger.verifier, ledger.config.origin);
  if (!signed_then) {
    return Error{ErrorCode::conflict,
                 worded("{} holds the backups of another ledger: {}; choose another directory",
                        "{} 中是另一账本的备份：{}；请另选目录", directory.string(),
                        signed_then.error().message)};
  }
  const auto& tree = signed_then->tree;
  StoredTree tiles(*ledger.store);
  if (tree.size <= ledger.head.size() && TRY(proof::root_at(tiles, tree.size)) == tree.root) {
    return Ok{};
  }
  return Error{
      ErrorCode::corrupt,
      worded(
          "this ledger does not continue backup {} in {}, which signs another log of {} entries; "
          "this one has {}. Entries that were signed are gone or changed: keep both as evidence",
          "本账本不是 {1} 中备份 {0} 的延续，后者所签为另一份含 {2} 个条目的日志；"
          "本账本有 {3} 个条目。已签名的条目缺失或被改动：请将两者一并保留作为证据",
          newest.id.value, directory.string(), tree.size.value, ledger.head.size().value)};
}

}  // namespace

Result<Backup> back_up(const std::filesystem::path& directory,
                       const std::filesystem::path& archive_directory,
                       const BackupOptions& options) {
  const LedgerPaths paths(directory);
  const auto live = TRY(open_ledger(directory, Store::Mode::read));
  TRY(check_high_water(*live));
  std::error_code ignored;
  std::filesystem::create_directory(paths.cache, ignored);
  const auto lock =
      TRY(FileLock::take(paths.cache / "backup.lock",
                         Message("another process backs up this ledger; wait until it is done",
                                 "另有进程正在备份本账本；请等待其完成")));
  auto archive = TRY(Archive::open_to_add(archive_directory));
  TRY(check_continues(*live, archive_directory, archive.backups()));
  if (options.with_key) {
    const auto key = TRY(read_signing_key(*live));
    TRY(replace_file(archive_directory / "signing.key", key.text() + "\n", FileAccess::owner_only));
  }
  FrozenLedger frozen(paths);
  const auto label = TRY(frozen.freeze(live->head.size()));
  const auto id = TRY(archive.add(frozen.database(), label));
  if (options.reread) TRY(archive.check(id));
  for (auto& backup : archive.backups()) {
    if (backup.id == id) return std::move(backup);
  }
  return Error{ErrorCode::corrupt,
               worded("the backup just made is not there; back up to another place",
                      "刚建立的备份不在该处；请备份到别处")};
}

}  // namespace ledger
