#include "bench/append_ceiling.h"

#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#include "bench/bare_database.h"
#include "bench/bare_packer.h"
#include "bench/on_threads.h"
#include "bench/stopwatch.h"

namespace bench {
namespace {

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

ledger::Status write_pipelined(const BareDatabase& database, std::span<const ledger::Batch> groups,
                               BarePacker& packer) {
  Syncer syncer(*database.db);
  rocksdb::WriteBatch writes;
  for (const auto& group : groups) {
    packer.pack(group, writes);
    syncer.write(writes);
  }
  return status_of(syncer.finish());
}

ledger::Status write_in_turn(const BareDatabase& database, std::span<const ledger::Batch> groups,
                             BarePacker& packer) {
  rocksdb::WriteBatch writes;
  rocksdb::WriteOptions options;
  options.sync = true;
  for (const auto& group : groups) {
    packer.pack(group, writes);
    TRY(status_of(database.db->Write(options, &writes)));
  }
  return ledger::Ok{};
}

// Group commit as textbooks have it: callers add to a group under a lock, one of them writes
// it, and all are woken.
class Combiner {
 public:
  explicit Combiner(const BareDatabase& database, BarePacker& packer)
      : database_(database), packer_(packer) {}

  void append(ledger::Bytes entry) {
    std::unique_lock lock(mutex_);
    gathering_.add(entry);
    for (const auto mine = groups_; written_ <= mine;) {
      if (writing_) {
        changed_.wait(lock);
      } else {
        write(lock);
      }
    }
  }

  // Once the callers are done.
  const rocksdb::Status& status() const { return status_; }

 private:
  void write(std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    ++groups_;
    std::swap(group_, gathering_);
    lock.unlock();
    rocksdb::WriteOptions options;
    options.sync = true;
    packer_.pack(group_, writes_);
    const auto status = database_.db->Write(options, &writes_);
    group_.clear();
    lock.lock();
    if (status_.ok()) status_ = status;
    ++written_;
    writing_ = false;
    changed_.notify_all();
  }

  const BareDatabase& database_;
  BarePacker& packer_;  // of whoever writes, as are the next two
  rocksdb::WriteBatch writes_;
  ledger::Batch group_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  ledger::Batch gathering_;
  std::uint64_t groups_ = 0;  // before the one that gathers
  std::uint64_t written_ = 0;
  bool writing_ = false;
  rocksdb::Status status_;
};

ledger::Status write_combined(const BareDatabase& database, std::span<const ledger::Batch> ones,
                              unsigned callers, BarePacker& packer) {
  Combiner combiner(database, packer);
  const auto call = [&](unsigned caller) {
    for (std::size_t at = caller; at < ones.size(); at += callers)
      combiner.append(ones[at].entry(0));
  };
  on_threads(callers, call);
  return status_of(combiner.status());
}

template <class Write>
ledger::Result<double> timed(const std::filesystem::path& folder, Write write) {
  const auto database = TRY(BareDatabase::create(folder));
  BarePacker packer(*database);
  const Stopwatch watch;
  TRY(write(*database, packer));
  const auto seconds = watch.seconds();
  TRY(status_of(packer.write_rows()));
  return seconds;
}

}  // namespace

ledger::Result<double> append_ceiling(const std::filesystem::path& folder,
                                      std::span<const ledger::Batch> groups, Pipeline pipeline) {
  return timed(folder, [&](const BareDatabase& database, BarePacker& packer) {
    return pipeline == Pipeline::on ? write_pipelined(database, groups, packer)
                                    : write_in_turn(database, groups, packer);
  });
}

ledger::Result<double> append_ceiling_of_callers(const std::filesystem::path& folder,
                                                 std::span<const ledger::Batch> ones,
                                                 unsigned callers) {
  return timed(folder, [&](const BareDatabase& database, BarePacker& packer) {
    return write_combined(database, ones, callers, packer);
  });
}

}  // namespace bench
