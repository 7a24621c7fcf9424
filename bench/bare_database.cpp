#include "bench/bare_database.h"

#include <rocksdb/table.h>

#include <string>

namespace bench {
namespace {

std::vector<rocksdb::ColumnFamilyDescriptor> descriptors() {
  rocksdb::BlockBasedTableOptions blocks;
  blocks.block_size = 64 << 10;
  blocks.checksum = rocksdb::kXXH3;
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  auto compressed = options;
  compressed.compression = rocksdb::kZSTD;
  compressed.compression_opts.level = -1;
  options.compression = rocksdb::kNoCompression;
  auto index = options;
  index.compaction_style = rocksdb::kCompactionStyleUniversal;
  index.level0_file_num_compaction_trigger = 8;
  return {{"default", compressed}, {"frames", compressed}, {"tree", options},
          {"idempotency", index},  {"streams", index},     {"checkpoints", compressed}};
}

rocksdb::DBOptions options() {
  rocksdb::DBOptions options;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.max_open_files = -1;
  return options;
}

}  // namespace

BareDatabase::~BareDatabase() {
  for (auto* table : tables) db->DestroyColumnFamilyHandle(table);
}

ledger::Result<std::unique_ptr<BareDatabase>> BareDatabase::create(
    const std::filesystem::path& folder) {
  auto made = std::make_unique<BareDatabase>();
  auto settings = options();
  settings.create_if_missing = true;
  settings.create_missing_column_families = true;
  rocksdb::DB* opened = nullptr;
  const auto status =
      rocksdb::DB::Open(settings, folder.string(), descriptors(), &made->tables, &opened);
  made->db.reset(opened);
  TRY(status_of(status));
  return made;
}

ledger::Result<std::unique_ptr<BareDatabase>> BareDatabase::read(
    const std::filesystem::path& folder) {
  auto made = std::make_unique<BareDatabase>();
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(options(), folder.string(), descriptors(),
                                                   &made->tables, &opened);
  made->db.reset(opened);
  TRY(status_of(status));
  return made;
}

ledger::Status status_of(const rocksdb::Status& status) {
  if (status.ok()) return ledger::Ok{};
  return ledger::Error{
      ledger::ErrorCode::unavailable,
      ledger::worded("the database of a ceiling refuses: {}; is there room on the disk?",
                     "上限所用的数据库拒绝操作：{}；磁盘是否还有空间？", status.ToString())};
}

}  // namespace bench
