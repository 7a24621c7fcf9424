#include "ledger/archive.h"

#include <rocksdb/db.h>
#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/database_status.h"
#include "ledger/file_lock.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/text.h"

namespace ledger {
namespace {

constexpr std::string_view label_version = "tally-backup/v1";
constexpr std::int64_t second_ns = 1'000'000'000;

Error translated(const rocksdb::Status& status, const Message& doing) {
  const auto said = status.ToString();
  if (means_damage(status)) {
    return {ErrorCode::corrupt, worded("{}: {}; this backup cannot be used: take another",
                                       "{}：{}；此备份不可用，请换用其他备份", doing, said)};
  }
  return {ErrorCode::unavailable, worded("{}: {}; check the disk, its space and the permissions",
                                         "{}：{}；请检查磁盘、其空间与权限", doing, said)};
}

std::optional<std::uint64_t> take_number(std::string_view& text) {
  const auto line = proof::take_line(text);
  if (!line) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(line->data(), line->data() + line->size(), number);
  if (code != std::errc{} || end != line->data() + line->size()) return std::nullopt;
  return number;
}

// A database closes its tables before itself.
class Frozen {
 public:
  ~Frozen() {
    for (auto* table : tables_) database_->DestroyColumnFamilyHandle(table);
  }

  Frozen() = default;
  Frozen(const Frozen&) = delete;
  Frozen& operator=(const Frozen&) = delete;

  rocksdb::DB* database() const { return database_.get(); }

  // To copy files it is enough to know the tables' names.
  rocksdb::Status open(const std::string& directory) {
    rocksdb::DBOptions options;
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    std::vector<std::string> names;
    auto status = rocksdb::DB::ListColumnFamilies(options, directory, &names);
    if (!status.ok()) return status;
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
    descriptors.reserve(names.size());
    for (const auto& name : names) {
      descriptors.emplace_back(name, rocksdb::ColumnFamilyOptions());
    }
    rocksdb::DB* opened = nullptr;
    status =
        rocksdb::DB::OpenForReadOnly(options, directory, descriptors, &tables_, &opened, false);
    database_.reset(opened);
    return status;
  }

 private:
  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> tables_;
};

// The bytes of the files that the backup before does not share.
std::uint64_t copied_bytes(const rocksdb::BackupInfo& backup, const rocksdb::BackupInfo* before) {
  std::set<std::string> there;
  if (before != nullptr) {
    for (const auto& file : before->file_details) there.insert(file.relative_filename);
  }
  std::uint64_t bytes = 0;
  for (const auto& file : backup.file_details) {
    if (!there.contains(file.relative_filename)) bytes += file.size;
  }
  return bytes;
}

// Whether the shared files have the sizes that their names end in: _<size>.sst. RocksDB asks
// only whether they are there.
bool sizes_fit(const rocksdb::BackupInfo& backup) {
  return std::all_of(backup.file_details.begin(), backup.file_details.end(), [](const auto& file) {
    const auto& name = file.relative_filename;
    const bool shared = name.find("shared") == 0;
    return !shared || name.find("_" + std::to_string(file.size) + ".") != std::string::npos;
  });
}

Backup described(const rocksdb::BackupInfo& info, const rocksdb::BackupInfo* before) {
  Backup backup{
      {info.backup_id}, info.timestamp * second_ns, info.size, copied_bytes(info, before)};
  auto label = parse_label(info.app_metadata);
  if (label && sizes_fit(info)) backup.label = *std::move(label);
  return backup;
}

Error no_backups(const std::filesystem::path& directory) {
  return {ErrorCode::not_found,
          worded("there are no backups in {0}; make one with `tally backup {0}`",
                 "{0} 中没有备份；可用 `tally backup {0}` 新建", directory.string())};
}

}  // namespace

std::string label_text(const BackupLabel& label) {
  return std::string(label_version) + "\n" + std::to_string(label.entries.value) + "\n" +
         proof::encode_base64(label.root) + "\n" + std::to_string(label.config.size()) + "\n" +
         label.config + label.high_water;
}

Result<BackupLabel> parse_label(std::string_view text) {
  const auto version = proof::take_line(text);
  const auto entries = take_number(text);
  const auto root = proof::take_line(text);
  const auto hash = root ? proof::decode_hash(*root) : std::nullopt;
  const auto config_size = take_number(text);
  if (version != label_version || !entries || !hash || !config_size || *config_size > text.size()) {
    return Error{ErrorCode::corrupt,
                 worded("the label of the backup is damaged; take another backup",
                        "备份的标签已损坏；请换用其他备份")};
  }
  return BackupLabel{{*entries},
                     *hash,
                     std::string(text.substr(0, *config_size)),
                     std::string(text.substr(*config_size))};
}

struct Archive::State {
  std::optional<FileLock> lock;  // held by the one that adds
  std::unique_ptr<rocksdb::BackupEngineReadOnly> reading;
  std::unique_ptr<rocksdb::BackupEngine> adding;

  const rocksdb::BackupEngineReadOnlyBase& engine() const {
    if (adding) return *adding;
    return *reading;
  }
};

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {
}

Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

Result<Archive> Archive::open(const std::filesystem::path& directory) {
  std::error_code ignored;
  if (!std::filesystem::exists(directory / "meta", ignored)) return no_backups(directory);
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  const auto status = rocksdb::BackupEngineReadOnly::Open(
      rocksdb::BackupEngineOptions(directory.string()), rocksdb::Env::Default(), &opened);
  auto state = std::make_unique<State>();
  state->reading.reset(opened);
  if (!status.ok()) {
    return translated(status,
                      worded("opening the backups in {}", "打开 {} 中的备份", directory.string()));
  }
  return Archive(std::move(state));
}

Result<Archive> Archive::open_to_add(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directory(directory, error);
  const bool ours = std::filesystem::exists(directory / "lock", error);
  if (!ours && !std::filesystem::is_empty(directory, error)) {
    return Error{ErrorCode::conflict,
                 error ? worded("{}: {}; wanted a directory for backups", "{}：{}；应为备份目录",
                                directory.string(), error.message())
                       : worded("{} holds something else than backups; choose another directory",
                                "{} 中有备份以外的内容；请另选目录", directory.string())};
  }
  auto state = std::make_unique<State>();
  state->lock.emplace(TRY(FileLock::take(
      directory / "lock", worded("another process backs up to {}; wait until it is done",
                                 "另有进程正在备份到 {}；请等待其完成", directory.string()))));
  rocksdb::BackupEngine* opened = nullptr;
  const auto status = rocksdb::BackupEngine::Open(rocksdb::BackupEngineOptions(directory.string()),
                                                  rocksdb::Env::Default(), &opened);
  state->adding.reset(opened);
  if (!status.ok()) {
    return translated(status,
                      worded("opening the backups in {}", "打开 {} 中的备份", directory.string()));
  }
  return Archive(std::move(state));
}

std::vector<Backup> Archive::backups() const {
  const auto& engine = state_->engine();
  std::vector<rocksdb::BackupInfo> infos;
  engine.GetBackupInfo(&infos, true);
  std::vector<rocksdb::BackupID> damaged;
  engine.GetCorruptedBackups(&damaged);
  std::vector<Backup> backups;
  backups.reserve(infos.size() + damaged.size());
  for (std::size_t at = 0; at < infos.size(); ++at) {
    backups.push_back(described(infos[at], at == 0 ? nullptr : &infos[at - 1]));
  }
  for (const auto id : damaged) backups.push_back({.id = {id}});
  std::sort(backups.begin(), backups.end(),
            [](const Backup& a, const Backup& b) { return a.id < b.id; });
  return backups;
}

Result<BackupId> Archive::add(const std::filesystem::path& database, const BackupLabel& label) {
  ledger::check(state_->adding != nullptr, "only an archive opened to add is added to");
  Frozen frozen;
  auto status = frozen.open(database.string());
  if (!status.ok()) {
    return translated(status, {"opening what is to be backed up", "打开待备份的内容"});
  }
  rocksdb::BackupID id = 0;
  status = state_->adding->CreateNewBackupWithMetadata(rocksdb::CreateBackupOptions(),
                                                       frozen.database(), label_text(label), &id);
  if (!status.ok()) return translated(status, {"backing up", "备份"});
  return BackupId{id};
}

Status Archive::check(BackupId id) const {
  const auto status = state_->engine().VerifyBackup(id.value, true);
  if (!status.ok()) {
    return translated(status, worded("checking backup {}", "检查备份 {}", id.value));
  }
  return Ok{};
}

Status Archive::extract(BackupId id, const std::filesystem::path& database) const {
  const auto status = state_->engine().RestoreDBFromBackup(rocksdb::RestoreOptions(), id.value,
                                                           database.string(), database.string());
  if (!status.ok()) {
    return translated(status, worded("restoring backup {}", "恢复备份 {}", id.value));
  }
  return Ok{};
}

}  // namespace ledger
