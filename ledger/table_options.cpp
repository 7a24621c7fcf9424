#include "ledger/table_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>

#include <cstddef>
#include <memory>
#include <utility>

#include "ledger/kept_tables.h"
#include "ledger/silence.h"

namespace ledger {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

// A log that could not write takes nothing more until it is opened again. RocksDB must not resume
// behind its back: after a failed taking in of files 7.8 would abort the process at that.
class NoRecovery : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/, rocksdb::Status /*error*/,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }
};

rocksdb::BlockBasedTableOptions block_options(std::shared_ptr<rocksdb::Cache> cache) {
  rocksdb::BlockBasedTableOptions options;
  options.block_cache = std::move(cache);
  options.format_version = 5;
  options.checksum = rocksdb::kXXH3;
  return options;
}

// Point lookups, most of them for keys that are not there.
rocksdb::ColumnFamilyOptions index_options(std::shared_ptr<rocksdb::Cache> cache,
                                           Store::Mode mode) {
  rocksdb::ColumnFamilyOptions options;
  auto blocks = block_options(std::move(cache));
  // A reader asks for a few keys: it reads the filters that it needs, when it does.
  blocks.cache_index_and_filter_blocks = mode == Store::Mode::read;
  blocks.block_size = 16 << 10;
  blocks.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  blocks.whole_key_filtering = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  options.compression = rocksdb::kNoCompression;
  options.bottommost_compression = rocksdb::kZSTD;
  // Each run of rows spreads over all keys, so that levels would be rewritten again and again:
  // importing ten million events so took a quarter more processor time and 15 % more disk.
  options.compaction_style = rocksdb::kCompactionStyleUniversal;
  // Every file is one more place to look a key up in; merging few of them at a time is dear.
  options.level0_file_num_compaction_trigger = 8;
  options.compaction_options_universal.min_merge_width = 4;
  return options;
}

// Written once in the order of the keys, read in long runs.
rocksdb::ColumnFamilyOptions run_options(std::shared_ptr<rocksdb::Cache> cache,
                                         rocksdb::CompressionType compression) {
  rocksdb::ColumnFamilyOptions options;
  auto blocks = block_options(std::move(cache));
  blocks.block_size = 64 << 10;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  options.compression = compression;
  // Of entries, levels 1 and 3 make a sixteenth less, and unpacking theirs takes a sixth longer.
  options.compression_opts.level = -1;
  options.write_buffer_size = 64 * mebibyte;
  return options;
}

}  // namespace

rocksdb::DBOptions database_options(Store::Mode mode) {
  rocksdb::DBOptions options;
  options.create_if_missing = mode == Store::Mode::create;
  options.create_missing_column_families = mode == Store::Mode::create;
  options.error_if_exists = mode == Store::Mode::create;
  options.paranoid_checks = true;
  options.env = environment_that_keeps_tables();
  // The default mode opens "OK" after one flipped bit in the middle of the log, with every
  // later record gone. This one refuses that, and forgives a torn tail.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.listeners = {std::make_shared<NoRecovery>()};
  options.max_bgerror_resume_count = 0;
  options.info_log = std::make_shared<Silence>();
  options.max_open_files = -1;
  // Threads to open files cost a reader more than opening them.
  if (mode == Store::Mode::read) options.max_file_opening_threads = 1;
  options.max_background_jobs = 2;
  // Bounds what a reader has to replay when it opens beside a running writer.
  options.max_total_wal_size = 256 * mebibyte;
  options.bytes_per_sync = mebibyte;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> table_descriptors(Store::Mode mode) {
  const auto cache = rocksdb::NewLRUCache(64 * mebibyte);
  // A filter is megabytes, and a shard of a cache takes no block that is larger than itself.
  const auto filters = mode == Store::Mode::read ? rocksdb::NewLRUCache(256 * mebibyte, 0) : cache;
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (std::size_t number = 0; number < table_names.size(); ++number) {
    const auto table = static_cast<Table>(number);
    const bool index = table == Table::idempotency || table == Table::streams;
    // Hashes do not compress.
    const auto compression = table == Table::tree ? rocksdb::kNoCompression : rocksdb::kZSTD;
    descriptors.emplace_back(table_names[number], index ? index_options(filters, mode)
                                                        : run_options(cache, compression));
  }
  return descriptors;
}

}  // namespace ledger
