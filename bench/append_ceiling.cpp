#include "bench/append_ceiling.h"

#include <rocksdb/write_batch.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <semaphore>
#include <string>
#include <thread>
#include <unordered_map>

#include "bench/bare_database.h"
#include "bench/bare_tree.h"
#include "bench/stopwatch.h"
#include "schemas/event_generated.h"

namespace bench {
namespace {

namespace schema = ledger::schema;

constexpr std::uint64_t frame_entries_max = 256;
constexpr std::size_t frame_header_size = 88;
constexpr std::size_t frame_row_size = 16;

std::string_view view_of(const flatbuffers::String* text) {
  return {text->data(), text->size()};
}

template <class Integer>
void put(char* at, Integer value) {
  std::memcpy(at, &value, sizeof value);
}

std::string big_endian(std::uint64_t value) {
  std::string key(sizeof value, '\0');
  put(key.data(), __builtin_bswap64(value));
  return key;
}

rocksdb::Slice slice_of(const std::uint64_t& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// Turns groups of entries into the writes that make them durable.
class Packer {
 public:
  explicit Packer(const BareDatabase& database) : database_(database) {}

  void pack(const ledger::Batch& group, rocksdb::WriteBatch& writes) {
    writes.Clear();
    std::unordered_map<std::string_view, std::uint64_t> last;
    for (std::size_t at = 0; at < group.count(); ++at) {
      const auto entry = group.entry(at);
      const auto& event = *schema::GetEvent(entry.data());
      const auto index = tree_.size();
      tree_.append(entry, [&](unsigned level, std::uint64_t number, auto hashes) {
        put_tile(level, number, hashes, writes);
      });
      key_ = view_of(event.source());
      key_ += '#';
      key_ += view_of(event.id());
      (void)writes.Put(database_.tables[bare_idempotency], key_, slice_of(index));
      last[view_of(event.subject())] = index;
      entry_bytes_ += entry.size();
    }
    for (const auto& [subject, index] : last) {
      (void)writes.Put(database_.tables[bare_streams], {subject.data(), subject.size()},
                       slice_of(index));
    }
    put_frames(group, writes);
    put_head(writes);
  }

 private:
  void put_tile(unsigned level, std::uint64_t number, std::span<const ledger::Hash> hashes,
                rocksdb::WriteBatch& writes) {
    const auto bytes = std::as_bytes(hashes);
    const auto checksum = XXH3_64bits(bytes.data(), bytes.size());
    const auto key = static_cast<char>(level) + big_endian(number);
    const std::array<rocksdb::Slice, 2> parts{bench::slice_of(bytes), slice_of(checksum)};
    const rocksdb::Slice key_slice(key);
    (void)writes.Put(database_.tables[bare_tree], {&key_slice, 1}, {parts.data(), 2});
  }

  void put_frames(const ledger::Batch& group, rocksdb::WriteBatch& writes) {
    auto index = tree_.size() - group.count();
    for (std::size_t begin = 0; begin < group.count();) {
      const auto room = static_cast<std::size_t>(frame_entries_max - index % frame_entries_max);
      const auto count = std::min(room, group.count() - begin);
      build_frame(group, begin, count, index);
      (void)writes.Put(database_.tables[bare_frames], big_endian(index), frame_);
      begin += count;
      index += count;
    }
  }

  void build_frame(const ledger::Batch& group, std::size_t begin, std::size_t count,
                   std::uint64_t first) {
    frame_.assign(frame_header_size + frame_row_size * count, '\0');
    std::int64_t lowest = INT64_MAX;
    std::int64_t highest = INT64_MIN;
    for (std::size_t row = 0; row < count; ++row) {
      const auto entry = group.entry(begin + row);
      const auto& event = *schema::GetEvent(entry.data());
      lowest = std::min(lowest, event.time()->ns());
      highest = std::max(highest, event.time()->ns());
      auto& types = frame_[56 + event.type() / 8U];
      types = static_cast<char>(static_cast<unsigned char>(types) | 1U << event.type() % 8U);
      auto* const at = &frame_[frame_header_size + frame_row_size * row];
      put(at, static_cast<std::uint32_t>(frame_.size()));
      put(at + 4, static_cast<std::uint32_t>(entry.size()));
      put(at + 8, XXH3_64bits(entry.data(), entry.size()));
      frame_.append(ledger::text_of(entry));
      frame_.resize((frame_.size() + 7) / 8 * 8);
    }
    put(&frame_[8], std::uint32_t{0x46594C54});
    put(&frame_[12], std::uint16_t{1});
    put(&frame_[14], static_cast<std::uint16_t>(count));
    put(&frame_[16], first);
    put(&frame_[24], lowest);
    put(&frame_[32], highest);
    put(&frame_[0], XXH3_64bits(&frame_[8], frame_header_size + frame_row_size * count - 8));
  }

  void put_head(rocksdb::WriteBatch& writes) {
    const auto frontier = tree_.frontier();
    std::string head(24, '\0');
    put(&head[16], entry_bytes_);
    head.append(ledger::text_of(frontier));
    put(&head[0], XXH3_64bits(&head[8], head.size() - 8));
    (void)writes.Put(database_.tables[bare_meta], "head", head);
  }

  const BareDatabase& database_;
  BareTree tree_;
  std::uint64_t entry_bytes_ = 0;
  std::string key_, frame_;
};

// A thread that syncs one group while the next is being packed.
class Syncer {
 public:
  explicit Syncer(rocksdb::DB& db) : db_(db), thread_([this] { work(); }) {}

  ~Syncer() { finish(); }

  Syncer(const Syncer&) = delete;
  Syncer& operator=(const Syncer&) = delete;

  // Waits for the group before, then takes this one and gives back an empty one.
  void write(rocksdb::WriteBatch& writes) {
    free_.acquire();
    std::swap(writes, writes_);
    full_.release();
  }

  // Waits for all that was given to it.
  rocksdb::Status finish() {
    if (thread_.joinable()) {
      free_.acquire();
      stop_ = true;
      full_.release();
      thread_.join();
    }
    return status_;
  }

 private:
  void work() {
    rocksdb::WriteOptions options;
    options.sync = true;
    for (full_.acquire(); !stop_; full_.acquire()) {
      if (status_.ok()) status_ = db_.Write(options, &writes_);
      free_.release();
    }
  }

  rocksdb::DB& db_;
  rocksdb::WriteBatch writes_;
  rocksdb::Status status_;
  bool stop_ = false;
  std::binary_semaphore free_{1}, full_{0};
  std::thread thread_;  // last: it uses all of the above
};

ledger::Status write_pipelined(const BareDatabase& database,
                               std::span<const ledger::Batch> groups) {
  Packer packer(database);
  Syncer syncer(*database.db);
  rocksdb::WriteBatch writes;
  for (const auto& group : groups) {
    packer.pack(group, writes);
    syncer.write(writes);
  }
  return status_of(syncer.finish());
}

ledger::Status write_in_turn(const BareDatabase& database, std::span<const ledger::Batch> groups) {
  Packer packer(database);
  rocksdb::WriteBatch writes;
  rocksdb::WriteOptions options;
  options.sync = true;
  for (const auto& group : groups) {
    packer.pack(group, writes);
    TRY(status_of(database.db->Write(options, &writes)));
  }
  return ledger::Ok{};
}

}  // namespace

ledger::Result<double> append_ceiling(const std::filesystem::path& folder,
                                      std::span<const ledger::Batch> groups, Pipeline pipeline) {
  const auto database = TRY(BareDatabase::create(folder));
  const Stopwatch watch;
  TRY(pipeline == Pipeline::on ? write_pipelined(*database, groups)
                               : write_in_turn(*database, groups));
  return watch.seconds();
}

}  // namespace bench
