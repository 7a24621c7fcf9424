#include "ledger/store.h"

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/slice.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <set>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/database_status.h"
#include "ledger/kept_tables.h"
#include "ledger/table_options.h"

namespace ledger {
namespace {

constexpr std::size_t readahead_bytes = 512 << 10;
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

Error translated(const rocksdb::Status& status, const Message& doing) {
  const auto said = status.ToString();
  if (means_damage(status)) {
    return {ErrorCode::corrupt,
            worded("the database is damaged: {}, while {}; keep this directory as evidence and "
                   "restore a backup",
                   "数据库已损坏：{}（{}）；请保留此目录作为证据并恢复备份", said, doing)};
  }
  return {
      ErrorCode::unavailable,
      worded("the database refuses: {}, while {}; check the disk, its space and the permissions",
             "数据库拒绝操作：{}（{}）；请检查磁盘、其空间与权限", said, doing)};
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

}  // namespace

struct Store::State {
  std::unique_ptr<rocksdb::DB> database;
  std::vector<rocksdb::ColumnFamilyHandle*> tables;
  const rocksdb::Snapshot* snapshot = nullptr;  // from the first ingestion on

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // Letting the snapshot go would begin to rewrite every file of the last level.
  ~State() {
    if (snapshot != nullptr) {
      rocksdb::CancelAllBackgroundWork(database.get(), true);
      database->ReleaseSnapshot(snapshot);
    }
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
  State(const Store::State* owner, std::size_t byte_count) : store(owner), batch(byte_count) {}

  const Store::State* store;
  rocksdb::WriteBatch batch;
};

WriteGroup::WriteGroup(const Store& store, std::size_t byte_count)
    : state_(std::make_unique<State>(store.state_.get(), byte_count)) {
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

// Of each table that rows were put into: the file that they go to.
struct Ingestion::State {
  explicit State(const Store::State* owner) : store(owner) {}

  State(const State&) = delete;
  State& operator=(const State&) = delete;

  ~State() {
    for (std::size_t number = 0; number < files.size(); ++number) {
      std::error_code error;  // what is left behind is written over by the next
      if (files[number]) std::filesystem::remove(path_of(number), error);
    }
  }

  // No name that RocksDB or a backup knows.
  std::string path_of(std::size_t number) const {
    return store->database->GetName() + "/" + table_names[number] + ".rows";
  }

  rocksdb::Status open(std::size_t number) {
    auto options = store->database->GetOptions(store->tables[number]);
    // A file is not compressed like those of the last level: it enters the first.
    options.bottommost_compression = rocksdb::kDisableCompressionOption;
    constexpr bool drop_from_page_cache = false;
    auto file = std::make_unique<rocksdb::SstFileWriter>(
        rocksdb::EnvOptions(), options, store->tables[number], drop_from_page_cache);
    auto status = file->Open(path_of(number));
    if (status.ok()) files[number] = std::move(file);
    return status;
  }

  const Store::State* store;
  std::array<std::unique_ptr<rocksdb::SstFileWriter>, table_names.size()> files;
};

Ingestion::Ingestion(const Store& store) : state_(std::make_unique<State>(store.state_.get())) {
}

Ingestion::~Ingestion() = default;
Ingestion::Ingestion(Ingestion&&) noexcept = default;
Ingestion& Ingestion::operator=(Ingestion&&) noexcept = default;

Status Ingestion::put(Table table, Bytes key, Bytes value) {
  const auto number = static_cast<std::size_t>(table);
  auto status = state_->files[number] ? rocksdb::Status::OK() : state_->open(number);
  if (status.ok()) status = state_->files[number]->Put(slice(key), slice(value));
  if (!status.ok()) return translated(status, {"writing a file of rows", "写入行文件时"});
  return Ok{};
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
  if (!status.ok()) return translated(status, {"reading a table in order", "顺序读取表时"});
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
      return Error{ErrorCode::unavailable,
                   worded("cannot look into {}: {}; check the permissions",
                          "无法查看 {}：{}；请检查权限", directory.string(), code.message())};
    }
    return Error{ErrorCode::not_found,
                 worded("there is no database in {}", "{} 中没有数据库", directory.string())};
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
                   worded("the writer changes files faster than they can be opened; try again",
                          "写入方改动文件快于打开；请重试")};
    }
    before = std::move(after);
    state = std::make_unique<State>();
    status = state->open(directory.string(), mode);
  }
  if (mode == Mode::write && means_locked(status)) {
    return Error{
        ErrorCode::unavailable,
        worded(
            "another process writes this ledger ({}); wait until it is done, or ask it to append",
            "另有进程正在写入本账本（{}）；请等待其完成，或请其代为追加", directory.string())};
  }
  if (!status.ok()) {
    return translated(status, worded("opening {}", "打开 {} 时", directory.string()));
  }
  return std::unique_ptr<Store>(new Store(std::move(state)));
}

Result<std::optional<std::string>> Store::get(Table table, Bytes key) const {
  std::string value;
  const auto status =
      state_->database->Get(rocksdb::ReadOptions(), state_->handle(table), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return translated(status, {"looking up a key", "查找键时"});
  return std::optional(std::move(value));
}

Status Store::get_singly(Table table, std::span<const Bytes> keys, const UseValue& use) const {
  rocksdb::PinnableSlice value;
  for (std::size_t at = 0; at < keys.size(); ++at) {
    value.Reset();
    const auto status = state_->database->Get(rocksdb::ReadOptions(), state_->handle(table),
                                              slice(keys[at]), &value);
    if (status.IsNotFound()) continue;
    if (!status.ok()) return translated(status, {"looking up a key", "查找键时"});
    TRY(use(at, bytes(value)));
  }
  return Ok{};
}

Status Store::get_each(Table table, std::span<const Bytes> keys, const UseValue& use) const {
  if (keys.size() <= singly_max) return get_singly(table, keys, use);
  std::vector<rocksdb::Slice> slices;
  slices.reserve(keys.size());
  for (const auto key : keys) slices.push_back(slice(key));
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  state_->database->MultiGet(rocksdb::ReadOptions(), state_->handle(table), keys.size(),
                             slices.data(), values.data(), statuses.data(), true);
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (statuses[at].IsNotFound()) continue;
    if (!statuses[at].ok()) return translated(statuses[at], {"looking up keys", "查找键时"});
    TRY(use(at, bytes(values[at])));
  }
  return Ok{};
}

Cursor Store::cursor(Table table, Pattern pattern) const {
  rocksdb::ReadOptions options;
  if (pattern == Pattern::scan) {
    options.readahead_size = readahead_bytes;
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
  if (!status.ok()) return translated(status, {"writing", "写入时"});
  return Ok{};
}

Status Store::ingest(Ingestion rows) {
  std::vector<rocksdb::IngestExternalFileArg> taken;
  for (std::size_t number = 0; number < table_names.size(); ++number) {
    auto& file = rows.state_->files[number];
    if (!file) continue;
    if (const auto status = file->Finish(); !status.ok()) {
      return translated(status, {"finishing a file of rows", "完成行文件时"});
    }
    auto& one = taken.emplace_back();
    one.column_family = state_->tables[number];
    one.external_files = {rows.state_->path_of(number)};
    // Copied, not linked, which not every file system can do.
    one.options.move_files = false;
    one.options.write_global_seqno = false;
  }
  // While there is a snapshot RocksDB puts files beside the newest. Else it looks for a deeper
  // level where they fit, and does not see what a compaction is about to put there.
  auto& snapshot = state_->snapshot;
  if (snapshot == nullptr) snapshot = state_->database->GetSnapshot();
  const KeptTables kept;
  const auto status = state_->database->IngestExternalFiles(taken);
  if (!status.ok()) return translated(status, {"taking in files of rows", "并入行文件时"});
  return Ok{};
}

Status Store::flush() {
  const auto status = state_->database->Flush(rocksdb::FlushOptions(), state_->tables);
  if (!status.ok()) return translated(status, {"flushing", "落盘时"});
  return Ok{};
}

}  // namespace ledger
