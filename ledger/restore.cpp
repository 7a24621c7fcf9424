#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <vector>

#include "ledger/backup.h"
#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/file_lock.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/prover.h"
#include "ledger/stored_tree.h"
#include "ledger/verify.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

Error failed(const fs::path& path, const std::error_code& error) {
  return {ErrorCode::unavailable,
          worded("cannot restore to {}: {}; check the disk and the permissions",
                 "无法恢复到 {}：{}；请检查磁盘与权限", path.string(), error.message())};
}

Result<Backup> choose(const Archive& archive, const fs::path& directory,
                      std::optional<BackupId> wanted) {
  const auto backups = archive.backups();
  if (backups.empty()) {
    return Error{ErrorCode::not_found,
                 worded("there are no backups in {}", "{} 中没有备份", directory.string())};
  }
  const auto found = wanted ? std::find_if(backups.begin(), backups.end(),
                                           [&](const Backup& one) { return one.id == *wanted; })
                            : std::prev(backups.end());
  if (found == backups.end()) {
    return Error{ErrorCode::not_found, worded("there is no backup {} in {}; the newest is {}",
                                              "{1} 中没有备份 {0}；最新的是 {2}", wanted->value,
                                              directory.string(), backups.back().id.value)};
  }
  if (found->label) return *found;
  return Error{ErrorCode::corrupt,
               worded("backup {} in {} is damaged. Keep it, and choose an earlier one with "
                      "--backup; what came after that one is not in it",
                      "{1} 中的备份 {0} 已损坏。请保留它，并用 --backup 选择较早的备份；"
                      "其后的内容不在较早的备份中",
                      found->id.value, directory.string())};
}

// The directory that becomes a ledger. All is put together and verified in a folder inside
// it, then moved up; the config comes last, since a directory without it is no ledger.
class Target {
 public:
  static Result<Target> prepare(const fs::path& directory) {
    std::error_code error;
    const bool made = fs::create_directories(directory, error);
    if (error) return failed(directory, error);
    const auto building = directory / ".restoring";
    const bool unfinished = fs::exists(building, error);
    TRY(check_free(directory, unfinished));
    fs::create_directory(building, error);
    if (error) return failed(building, error);
    auto lock = TRY(FileLock::take_folder(
        building, worded("another process restores to {}; wait until it is done",
                         "另有进程正在恢复到 {}；请等待其完成", directory.string())));
    Target target(directory, made, std::move(lock));
    if (unfinished) TRY(target.clear());
    return target;
  }

  ~Target() {
    if (directory_.empty()) return;
    std::error_code ignored;
    if (!done_) static_cast<void>(clear());
    fs::remove_all(building(), ignored);
    if (!done_ && made_) fs::remove(directory_, ignored);
  }

  Target(Target&& from) noexcept
      : directory_(std::exchange(from.directory_, {})),
        made_(from.made_),
        done_(from.done_),
        lock_(std::move(from.lock_)) {}

  Target& operator=(Target&&) = delete;

  fs::path building() const { return directory_ / ".restoring"; }

  LedgerPaths kept() const { return LedgerPaths(directory_); }

  // What was built becomes the ledger.
  Status finish() {
    const LedgerPaths from(building());
    const LedgerPaths to(directory_);
    std::error_code error;
    fs::create_directory(to.cache, error);
    fs::rename(from.database, to.database, error);
    if (error) return failed(to.database, error);
    if (fs::exists(from.signing_key, error)) fs::rename(from.signing_key, to.signing_key, error);
    if (error) return failed(to.signing_key, error);
    fs::rename(from.high_water, to.high_water, error);
    if (error) return failed(to.high_water, error);
    TRY(sync_directory(directory_));
    fs::rename(from.config, to.config, error);
    if (error) return failed(to.config, error);
    done_ = true;
    return sync_directory(directory_);
  }

 private:
  Target(fs::path directory, bool made, FileLock lock)
      : directory_(std::move(directory)), made_(made), lock_(std::move(lock)) {}

  // A restoring that was killed leaves its folder, and beside it what it had moved already.
  static Status check_free(const fs::path& directory, bool unfinished) {
    const LedgerPaths paths(directory);
    std::error_code error;
    fs::directory_iterator file(directory, error);
    for (; !error && file != fs::directory_iterator(); file.increment(error)) {
      const auto& path = file->path();
      const bool expected = path == paths.high_water || path == paths.signing_key;
      const bool left =
          path == directory / ".restoring" || path == paths.database || path == paths.cache;
      if (expected || (unfinished && left)) continue;
      return Error{
          ErrorCode::conflict,
          worded("{} is there already; restore into an empty directory (high-water and signing.key "
                 "may be in it)",
                 "{} 已存在；请恢复到空目录（其中可有 high-water 与 signing.key）", path.string())};
    }
    if (error) return failed(directory, error);
    return Ok{};
  }

  Status clear() {
    std::error_code error;
    const LedgerPaths paths(directory_);
    for (const auto& path : {paths.database, paths.cache}) fs::remove_all(path, error);
    for (const auto& entry : fs::directory_iterator(building(), error)) {
      fs::remove_all(entry.path(), error);
    }
    if (error) return failed(building(), error);
    return Ok{};
  }

  fs::path directory_;
  bool made_;
  bool done_ = false;
  FileLock lock_;
};

// The checkpoints that the operator has from elsewhere.
std::vector<fs::path> checkpoints_kept(const Target& target, const RestoreOptions& options) {
  std::vector<fs::path> paths;
  std::error_code ignored;
  if (options.high_water) paths.push_back(*options.high_water);
  if (fs::exists(target.kept().high_water, ignored)) paths.push_back(target.kept().high_water);
  return paths;
}

Error too_old(const fs::path& note, const Backup& backup, const Message& what) {
  return {
      ErrorCode::corrupt,
      worded(
          "backup {} {}, which {} signs. Restore a newer backup (tally backup DIR --list shows "
          "them). If there is none, signed entries are lost: keep this checkpoint as the evidence, "
          "tell those who hold checkpoints, and only then restore into a directory without it",
          "备份 {} {}，而 {} 签署了这些条目。请恢复较新的备份（tally backup 目录 --list "
          "可列出）。若没有，则已签名的条目已丢失：请保留此检查点作为证据，告知持有检查点的各方，"
          "然后才恢复到不含它的目录",
          backup.id.value, what, note.string())};
}

// Holds the restored log against a checkpoint; returns its size.
Result<TreeSize> check_reaches(const OpenLedger& ledger, const fs::path& path,
                               const std::string& note, const Backup& backup) {
  const auto checkpoint = proof::open_checkpoint(note, ledger.verifier, ledger.config.origin);
  if (!checkpoint) {
    return Error{ErrorCode::corrupt, worded("{} is no checkpoint of the ledger in backup {}: {}",
                                            "{} 不是备份 {} 中账本的检查点：{}", path.string(),
                                            backup.id.value, checkpoint.error().message)};
  }
  const auto& tree = checkpoint->tree;
  if (tree.size > ledger.head.size()) {
    return too_old(path, backup,
                   worded("ends with {} entries and lacks those up to {}",
                          "止于 {} 个条目，缺少其后直至第 {} 个的条目", ledger.head.size().value,
                          tree.size.value));
  }
  StoredTree tiles(*ledger.store);
  if (TRY(proof::root_at(tiles, tree.size)) != tree.root) {
    return too_old(path, backup,
                   worded("holds another history than the {} entries",
                          "所含历史不同于检查点的 {} 个条目", tree.size.value));
  }
  return tree.size;
}

// Puts the newest checkpoint beside the restored database, so that it is held to it for
// good; returns its size.
Result<TreeSize> settle_high_water(const Target& target, const Backup& backup,
                                   const RestoreOptions& options) {
  const LedgerPaths paths(target.building());
  const auto ledger = TRY(open_ledger(target.building(), Store::Mode::read));
  auto size = TRY(check_reaches(*ledger, paths.high_water, backup.label->high_water, backup));
  for (const auto& path : checkpoints_kept(target, options)) {
    const auto note = TRY(read_file(path));
    const auto other = TRY(check_reaches(*ledger, path, note, backup));
    if (other <= size) continue;
    size = other;
    TRY(replace_file(paths.high_water, note, FileAccess::everyone));
  }
  if (ledger->head.size() == backup.label->entries &&
      ledger->head.frontier.root() == backup.label->root) {
    return size;
  }
  return Error{
      ErrorCode::corrupt,
      worded(
          "backup {} holds another log than its label says; keep it as evidence and take another",
          "备份 {} 所含日志与其标签所载不同；请保留作为证据，并换用其他备份", backup.id.value)};
}

// The key that lies in the target already, else the one in the archive; false for neither.
Result<bool> settle_key(const Target& target, const fs::path& archive) {
  const LedgerPaths paths(target.building());
  std::error_code ignored;
  for (const auto& path : {target.kept().signing_key, archive / "signing.key"}) {
    if (!fs::exists(path, ignored)) continue;
    const auto key = TRY(read_file(path));
    TRY(replace_file(paths.signing_key, key, FileAccess::owner_only));
    const auto ledger = TRY(open_ledger(target.building(), Store::Mode::read));
    TRY(read_signing_key(*ledger));
    return true;
  }
  return false;
}

Status verify_restored(const Target& target, const Backup& backup, const RestoreOptions& options) {
  VerifyOptions verifying;
  verifying.threads = options.threads;
  verifying.progress = options.progress;
  const auto verification = TRY(verify(target.building(), verifying));
  if (verification.differences == 0 && verification.entries == backup.label->entries) return Ok{};
  Message first("it ends too early", "结束过早");
  if (!verification.findings.empty()) {
    const auto& finding = verification.findings.front();
    first = std::string(name_of(finding.where));
    if (finding.index) {
      first = worded("{} of entry {}", "条目 {1} 的 {0}", first, finding.index->value);
    }
    first = worded("{}: expected {}, found {}", "{}：应为 {}，实为 {}", first, finding.expected,
                   finding.found);
  }
  return Error{ErrorCode::corrupt,
               worded("what backup {} holds differs in {} place(s) from what was signed, first {}. "
                      "Keep it as evidence and restore another with --backup",
                      "备份 {} 的内容有 {} 处与所签不符，首处：{}。请保留作为证据，"
                      "并用 --backup 恢复其他备份",
                      backup.id.value, verification.differences, first)};
}

}  // namespace

Result<Restored> restore(const fs::path& archive_directory, const fs::path& directory,
                         const RestoreOptions& options) {
  const auto archive = TRY(Archive::open(archive_directory));
  auto backup = TRY(choose(archive, archive_directory, options.id));
  auto target = TRY(Target::prepare(directory));
  const LedgerPaths paths(target.building());
  TRY(replace_file(paths.config, backup.label->config, FileAccess::everyone));
  TRY(replace_file(paths.high_water, backup.label->high_water, FileAccess::everyone));
  TRY(archive.extract(backup.id, paths.database));
  const auto high_water = TRY(settle_high_water(target, backup, options));
  const bool has_key = TRY(settle_key(target, archive_directory));
  TRY(verify_restored(target, backup, options));
  if (options.consent) TRY(options.consent(target.building()));
  TRY(target.finish());
  return Restored{std::move(backup), high_water, has_key};
}

}  // namespace ledger
