#include "ledger/store.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <set>

#include "ledger/base/check.h"

namespace ledger {
namespace {

constexpr std::size_t table_count = 6;
constexpr std::array<const char*, table_count> table_names{"default",     "frames",  "tree",
                                                           "idempotency", "streams", "checkpoints"};
constexpr std::size_t mebibyte = 1 << 20;
constexpr int reopenings_max = 5;
// Keys looked up one by one where there are no more: preparing a MultiGet takes some
// microseconds.
constexpr std::size_t singly_max = 4;

rocksdb::Slice slice(Bytes bytes) {
  const auto text = text_of(bytes);
  return {text.data(), text.size()};
}

Bytes bytes(const rocksdb::Slice& slice) {
  return bytes_of({slice.data(), slice.size()});
}

// RocksDB writes a diary beside the data; ours would grow in every ledger and tell nobody
// anything.
class Silence : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;

  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

// RocksDB tells why it got no lock in words only: held by another process, or by this one.
bool locked_by_other(const rocksdb::Status& status) {
  const auto said = status.ToString();
  const auto says = [&said](const char* words) { return said.find(words) != std::string::npos; };
  return status.IsIOError() &&
         (says("Resource temporarily unavailable") || says("lock hold by current process"));
}

// Files that name what is not there, or hold what RocksDB cannot take: no fault of the disk.
bool means_damage(const rocksdb::Status& status) {
  return status.IsCorruption() || status.IsPathNotFound() || status.IsInvalidArgument() ||
         status.IsNotFound() || status.IsNotSupported();
}

Error translated(const rocksdb::Status& status, const std::string& doing) {
  const auto said = status.ToString();
  if (means_damage(status)) {
    return {ErrorCode::corrupt, "the database is damaged: " + said + ", while " + doing +
                                    "; keep this directory as evidence and restore a backup"};
  }
  return {ErrorCode::unavailable, "the database refuses: " + said + ", while " + doing +
                                      "; check the disk, its space and the permissions"};
}

rocksdb::DBOptions database_options(Store::Mode mode) {
  rocksdb::DBOptions options;
  options.create_if_missing = mode == Store::Mode::create;
  options.create_missing_column_families = mode == Store::Mode::create;
  options.error_if_exists = mode == Store::Mode::create;
  options.paranoid_checks = true;
  // The default mode opens "OK" after one flipped bit in the middle of the log, with every
  // later record gone. This one refuses that, and forgives a torn tail.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
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
  options.write_buffer_size = 64 * mebibyte;
  if (mode == Store::Mode::read) return options;
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 0.1;
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
  // Of entries, level 3 makes no less than level 1 and takes a third longer.
  options.compression_opts.level = 1;
  options.write_buffer_size = 64 * mebibyte;
  return options;
}

// The write-ahead logs of a database, by name.
std::set<std::string> logs_in(const std::filesystem::path& directory) {
  std::set<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator file(directory, error);
  for (; !error && file != std::filesystem::directory_iterator(); file.increment(error)) {
    if (file->path().extension() == ".log") names.insert(file->path().filename());
  }
  return names;
}

std::vector<rocksdb::ColumnFamilyDescriptor> table_descriptors(Store::Mode mode) {
  const auto cache = rocksdb::NewLRUCache(64 * mebibyte);
  // A filter is megabytes, and a shard of a cache takes no block that is larger than itself.
  const auto filters = mode == Store::Mode::read ? rocksdb::NewLRUCache(256 * mebibyte, 0) : cache;
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (std::size_t number = 0; number < table_count; ++number) {
    const auto table = static_cast<Table>(number);
    const bool index = table == Table::idempotency || table == Table::streams;
    // Hashes do not compress.
    const auto compression = table == Table::tree ? rocksdb::kNoCompression : rocksdb::kZSTD;
    descriptors.emplace_back(table_names[number], index ? index_options(filters, mode)
                                                        : run_options(cache, compression));
  }
  return descriptors;
}

}  // namespace

struct Store::State {
  std::unique_ptr<rocksdb::DB> database;
  std::vector<rocksdb::ColumnFamilyHandle*> tables;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  ~State() {
    for (auto* table : tables) database->DestroyColumnFamilyHandle(table);
  }

  rocksdb::ColumnFamilyHandle* handle(Table table) const {
    return tables[static_cast<std::size_t>(table)];
  }

  rocksdb::Status open(const std::string& directory, Mode mode) {
    rocksdb::DB* opened = nullptr;
    const auto descriptors = table_descriptors(mode);
    const auto options = database_options(mode);
    auto status =
        mode == Mode::read
            ? rocksdb::DB::OpenForReadOnly(options, directory, descriptors, &tables, &opened)
            : rocksdb::DB::Open(options, directory, descriptors, &tables, &opened);
    database.reset(opened);
    return status;
  }
};

struct WriteGroup::State {
  explicit State(const Store::State* owner) : store(owner) {}

  const Store::State* store;
  rocksdb::WriteBatch batch;
};

WriteGroup::WriteGroup(const Store& store) : state_(std::make_unique<State>(store.state_.get())) {
}

WriteGroup::~WriteGroup() = default;
WriteGroup::WriteGroup(WriteGroup&&) noexcept = default;
WriteGroup& WriteGroup::operator=(WriteGroup&&) noexcept = default;

// Putting into a batch in memory without limits cannot fail.
void WriteGroup::put(Table table, Bytes key, Bytes value) {
  const auto status = state_->batch.Put(state_->store->handle(table), slice(key), slice(value));
  check(status.ok(), "a write batch takes every record");
}

void WriteGroup::put(Table table, Bytes key, Bytes value_begin, Bytes value_end) {
  const auto key_slice = slice(key);
  const std::array<rocksdb::Slice, 2> parts{slice(value_begin), slice(value_end)};
  const auto status = state_->batch.Put(state_->store->handle(table), {&key_slice, 1},
                                        {parts.data(), static_cast<int>(parts.size())});
  check(status.ok(), "a write batch takes every record");
}

void WriteGroup::erase(Table table, Bytes key) {
  const auto status = state_->batch.Delete(state_->store->handle(table), slice(key));
  check(status.ok(), "a write batch takes every record");
}

struct Cursor::State {
  std::unique_ptr<rocksdb::Iterator> records;
};

Cursor::Cursor(std::unique_ptr<State> state) : state_(std::move(state)) {
}

Cursor::~Cursor() = default;
Cursor::Cursor(Cursor&&) noexcept = default;
Cursor& Cursor::operator=(Cursor&&) noexcept = default;

void Cursor::seek_first() {
  state_->records->SeekToFirst();
}

void Cursor::seek_last() {
  state_->records->SeekToLast();
}

void Cursor::seek(Bytes key) {
  state_->records->Seek(slice(key));
}

void Cursor::seek_back(Bytes key) {
  state_->records->SeekForPrev(slice(key));
}

void Cursor::next() {
  state_->records->Next();
}

void Cursor::previous() {
  state_->records->Prev();
}

bool Cursor::valid() const {
  return state_->records->Valid();
}

Bytes Cursor::key() const {
  return bytes(state_->records->key());
}

Bytes Cursor::value() const {
  return bytes(state_->records->value());
}

Status Cursor::status() const {
  const auto status = state_->records->status();
  if (!status.ok()) return translated(status, "reading a table in order");
  return Ok{};
}

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {
}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& directory, Mode mode) {
  std::error_code code;
  if (mode != Mode::create && !std::filesystem::exists(directory / "CURRENT", code)) {
    // What may not be looked at is not thereby gone.
    if (code) {
      return Error{ErrorCode::unavailable, "cannot look into " + directory.string() + ": " +
                                               code.message() + "; check the permissions"};
    }
    return Error{ErrorCode::not_found, "there is no database in " + directory.string()};
  }
  auto before = logs_in(directory);
  auto state = std::make_unique<State>();
  auto status = state->open(directory.string(), mode);
  // A running writer may remove a file between our reading its name and opening it. Where
  // that is a log, its records are in a table that we do not know of yet, and the opening
  // succeeds without them.
  for (int tries = 1; mode == Mode::read; ++tries) {
    auto after = logs_in(directory);
    const bool undisturbed =
        std::includes(after.begin(), after.end(), before.begin(), before.end());
    if (status.ok() && undisturbed) break;
    if (tries == reopenings_max) {
      if (!status.ok()) break;
      return Error{ErrorCode::unavailable,
                   "the writer changes files faster than they can be opened; try again"};
    }
    before = std::move(after);
    state = std::make_unique<State>();
    status = state->open(directory.string(), mode);
  }
  if (mode == Mode::write && locked_by_other(status)) {
    return Error{ErrorCode::unavailable, "another process writes this ledger (" +
                                             directory.string() +
                                             "); wait until it is done, or ask it to append"};
  }
  if (!status.ok()) return translated(status, "opening " + directory.string());
  return std::unique_ptr<Store>(new Store(std::move(state)));
}

Result<std::optional<std::string>> Store::get(Table table, Bytes key) const {
  std::string value;
  const auto status =
      state_->database->Get(rocksdb::ReadOptions(), state_->handle(table), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return translated(status, "looking up a key");
  return std::optional(std::move(value));
}

Result<std::vector<std::optional<std::string>>> Store::get_singly(
    Table table, std::span<const Bytes> keys) const {
  std::vector<std::optional<std::string>> found;
  found.reserve(keys.size());
  for (const auto key : keys) found.push_back(TRY(get(table, key)));
  return found;
}

Result<std::vector<std::optional<std::string>>> Store::get_each(Table table,
                                                                std::span<const Bytes> keys) const {
  if (keys.size() <= singly_max) return get_singly(table, keys);
  std::vector<rocksdb::Slice> slices;
  slices.reserve(keys.size());
  for (const auto key : keys) slices.push_back(slice(key));
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  state_->database->MultiGet(rocksdb::ReadOptions(), state_->handle(table), keys.size(),
                             slices.data(), values.data(), statuses.data(), true);
  std::vector<std::optional<std::string>> found(keys.size());
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (statuses[at].ok()) {
      found[at] = values[at].ToString();
    } else if (!statuses[at].IsNotFound()) {
      return translated(statuses[at], "looking up keys");
    }
  }
  return found;
}

Cursor Store::cursor(Table table, Pattern pattern) const {
  rocksdb::ReadOptions options;
  if (pattern == Pattern::scan) {
    options.readahead_size = mebibyte / 2;
    options.fill_cache = false;
  }
  auto state = std::make_unique<Cursor::State>();
  state->records.reset(state_->database->NewIterator(options, state_->handle(table)));
  return Cursor(std::move(state));
}

std::vector<Store::File> Store::files(Table table) const {
  std::vector<rocksdb::LiveFileMetaData> all;
  state_->database->GetLiveFilesMetaData(&all);
  std::vector<File> files;
  for (auto& file : all) {
    if (file.column_family_name != table_names[static_cast<std::size_t>(table)]) continue;
    files.push_back({file.db_path + file.name, std::move(file.smallestkey),
                     std::move(file.largestkey), file.size});
  }
  return files;
}

Status Store::write(WriteGroup group) {
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status = state_->database->Write(options, &group.state_->batch);
  if (!status.ok()) return translated(status, "writing");
  return Ok{};
}

Status Store::flush() {
  const auto status = state_->database->Flush(rocksdb::FlushOptions(), state_->tables);
  if (!status.ok()) return translated(status, "flushing");
  return Ok{};
}

}  // namespace ledger
