#include "ledger/vault_store.h"

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/database_status.h"
#include "ledger/silence.h"

namespace ledger {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

Error translated(const rocksdb::Status& status, const std::filesystem::path& directory) {
  const auto said = worded("the vault's database {}: {}", "保险库的数据库 {}：{}",
                           directory.string(), status.ToString());
  if (means_damage(status)) {
    return {ErrorCode::corrupt,
            worded("{}. Keep it, and put the newest copy of the vault in its place",
                   "{}。请予保留，并换上保险库的最新副本", said)};
  }
  return {ErrorCode::unavailable, worded("{}; check the disk, its space and the permissions",
                                         "{}；请检查磁盘、其空间与权限", said)};
}

rocksdb::Options options_for(VaultStore::Mode mode) {
  rocksdb::Options options;
  options.create_if_missing = mode == VaultStore::Mode::create;
  options.error_if_exists = mode == VaultStore::Mode::create;
  options.paranoid_checks = true;
  // As the log's own: a torn tail was never acknowledged, anything else is damage.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.info_log = std::make_shared<Silence>();
  options.max_background_jobs = 2;
  options.write_buffer_size = 32 * mebibyte;
  // Keys and digests are random.
  options.compression = rocksdb::kNoCompression;
  rocksdb::BlockBasedTableOptions blocks;
  blocks.format_version = 5;
  blocks.checksum = rocksdb::kXXH3;
  blocks.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  return options;
}

}  // namespace

struct VaultStore::State {
  std::filesystem::path directory;
  std::unique_ptr<rocksdb::DB> database;
};

VaultStore::VaultStore(std::unique_ptr<State> state) : state_(std::move(state)) {
}

VaultStore::~VaultStore() = default;

Result<std::unique_ptr<VaultStore>> VaultStore::open(const std::filesystem::path& directory,
                                                     Mode mode) {
  std::error_code ignored;
  if (mode != Mode::create && !std::filesystem::exists(directory / "CURRENT", ignored)) {
    return Error{ErrorCode::not_found,
                 worded("there is no database in {}; put the newest copy of the vault there",
                        "{} 中没有数据库；请将保险库的最新副本放在该处", directory.string())};
  }
  rocksdb::DB* opened = nullptr;
  const auto options = options_for(mode);
  const auto status = mode == Mode::read
                          ? rocksdb::DB::OpenForReadOnly(options, directory.string(), &opened)
                          : rocksdb::DB::Open(options, directory.string(), &opened);
  auto state = std::make_unique<State>();
  state->directory = directory;
  state->database.reset(opened);
  if (!status.ok()) return translated(status, directory);
  return std::unique_ptr<VaultStore>(new VaultStore(std::move(state)));
}

Result<std::optional<std::string>> VaultStore::get(std::string_view key) const {
  std::string value;
  const auto status = state_->database->Get(rocksdb::ReadOptions(), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return translated(status, state_->directory);
  return std::optional(std::move(value));
}

Status VaultStore::each(std::string_view prefix, const Visit& visit) const {
  const std::unique_ptr<rocksdb::Iterator> row(
      state_->database->NewIterator(rocksdb::ReadOptions()));
  for (row->Seek(slice(prefix)); row->Valid() && row->key().starts_with(slice(prefix));
       row->Next()) {
    const auto key = row->key();
    const auto value = row->value();
    TRY(visit({key.data(), key.size()}, {value.data(), value.size()}));
  }
  if (!row->status().ok()) return translated(row->status(), state_->directory);
  return Ok{};
}

Status VaultStore::write(const VaultRows& rows) {
  rocksdb::WriteBatch batch;
  for (const auto& [key, value] : rows.rows()) {
    check(batch.Put(slice(key), slice(value)).ok(), "a write batch takes every record");
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status = state_->database->Write(options, &batch);
  if (!status.ok()) return translated(status, state_->directory);
  return Ok{};
}

}  // namespace ledger
