#include "bench/read_ceilings.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bench/bare_scan.h"
#include "bench/bare_tree.h"
#include "bench/on_threads.h"
#include "bench/stopwatch.h"

namespace bench {
namespace {

namespace schema = ledger::schema;

constexpr std::uint64_t leaves_per_task = 1 << 16;

ledger::Error differs() {
  return {ledger::ErrorCode::corrupt,
          {"the ledger of the benchmark does not read back as written",
           "基准测试的账本读回的内容与写入的不同"}};
}

std::string_view view_of(const flatbuffers::String& text) {
  return {text.data(), text.size()};
}

// Sums of what the two index tables hold, or of what they should hold.
struct IndexSums {
  std::uint64_t keys = 0;
  std::uint64_t streams = 0;
  bool operator==(const IndexSums&) const = default;
};

std::uint64_t term(std::string_view key, std::uint64_t index) {
  return XXH3_64bits_withSeed(key.data(), key.size(), index * 0x9E3779B97F4A7C15);
}

bool sum_rows(const BareDatabase& database, BareTable table, std::uint64_t& sum) {
  const std::unique_ptr<rocksdb::Iterator> rows(
      database.db->NewIterator(scan_options(), database.tables[table]));
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    std::uint64_t index = 0;
    std::memcpy(&index, rows->value().data(), sizeof index);
    sum += term({rows->key().data(), rows->key().size()}, index);
  }
  return rows->status().ok();
}

// What one thread finds of entries and tables.
struct Share {
  bool intact = true;
  IndexSums tables;
  IndexSums entries;
};

// Sums the tables, and checks the subtrees, that nobody has taken yet.
class Work {
 public:
  Work(const BareDatabase& database, ledger::TreeSize size)
      : database_(database), subtrees_((size.value + leaves_per_task - 1) / leaves_per_task) {}

  Share run() {
    Share share;
    for (auto table = next_table_++; table < 2; table = next_table_++) {
      share.intact &= table == 0 ? sum_rows(database_, bare_idempotency, share.tables.keys)
                                 : sum_rows(database_, bare_streams, share.tables.streams);
    }
    for (auto task = next_subtree_++; task < subtrees_.size(); task = next_subtree_++) {
      check_subtree(task, share);
    }
    return share;
  }

  const std::vector<BareTree>& subtrees() const { return subtrees_; }

 private:
  void check_subtree(std::size_t task, Share& share) {
    auto& tree = subtrees_[task];
    auto index = task * leaves_per_task;
    std::string key;
    const auto visit = [&](ledger::Bytes entry, std::uint64_t checksum) {
      share.intact &= XXH3_64bits(entry.data(), entry.size()) == checksum;
      share.intact &= well_formed(entry);
      tree.append(entry, {});
      const auto& event = *schema::GetEvent(entry.data());
      key = view_of(*event.source());
      key += '#';
      key += view_of(*event.id());
      share.entries.keys += term(key, index);
      share.entries.streams += term(view_of(*event.subject()), index);
      if (event.previous() >= 0) {
        share.entries.streams -=
            term(view_of(*event.subject()), static_cast<std::uint64_t>(event.previous()));
      }
      ++index;
    };
    share.intact &= bare_scan(database_, index, index + leaves_per_task, visit);
  }

  const BareDatabase& database_;
  std::vector<BareTree> subtrees_;
  std::atomic<int> next_table_ = 0;
  std::atomic<std::size_t> next_subtree_ = 0;
};

// Has RocksDB bring the records of a table from one key to before another.
bool unpack(const BareDatabase& database, BareTable table, const rocksdb::Slice& from,
            const rocksdb::Slice& to) {
  auto options = scan_options();
  options.iterate_upper_bound = &to;
  const std::unique_ptr<rocksdb::Iterator> records(
      database.db->NewIterator(options, database.tables[table]));
  for (records->Seek(from); records->Valid(); records->Next()) {
  }
  return records->status().ok();
}

bool unpack_frames(const BareDatabase& database, std::uint64_t from, std::uint64_t to) {
  const auto first = __builtin_bswap64(from);
  const auto end = __builtin_bswap64(to);
  return unpack(database, bare_frames, slice_of(first), slice_of(end));
}

template <class Payload>
const Payload& payload_of(const schema::Event& event) {
  return *flatbuffers::GetRoot<Payload>(event.payload()->data());
}

// Accounts found by name without making a string of it first.
class Accounts {
 public:
  std::int64_t& of(const flatbuffers::String& name) {
    const std::string_view key(name.data(), name.size());
    const auto found = balances_.find(key);
    return found != balances_.end() ? found->second : balances_[names_.emplace_back(key)];
  }

 private:
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, std::int64_t> balances_;
};

void fold(Accounts& accounts, const schema::Event& event) {
  const auto type = static_cast<schema::Payload>(event.type());
  if (type == schema::Payload::SettlementApproved) {
    const auto& payload = payload_of<schema::SettlementApproved>(event);
    accounts.of(*payload.order()) += payload.amount_fen();
  } else if (type == schema::Payload::SetoffApplied) {
    const auto& payload = payload_of<schema::SetoffApplied>(event);
    accounts.of(*payload.dealer()) -= payload.amount_fen();
  }
}

}  // namespace

ledger::Result<Checked> verify_ceiling(const std::filesystem::path& database, ledger::TreeSize size,
                                       unsigned threads) {
  const Stopwatch watch;
  const auto opened = TRY(BareDatabase::read(database));
  Work work(*opened, size);
  std::vector<Share> shares(threads);
  on_threads(threads, [&](unsigned thread) { shares[thread] = work.run(); });
  Share all;
  for (const auto& share : shares) {
    all.intact &= share.intact;
    all.tables.keys += share.tables.keys;
    all.tables.streams += share.tables.streams;
    all.entries.keys += share.entries.keys;
    all.entries.streams += share.entries.streams;
  }
  BareTree tree;
  for (const auto& subtree : work.subtrees()) tree.append_tree(subtree);
  if (!all.intact || all.tables != all.entries || tree.size() != size.value) return differs();
  return Checked{watch.seconds(), tree.root()};
}

ledger::Result<double> unpack_ceiling(const std::filesystem::path& database, ledger::TreeSize size,
                                      unsigned threads) {
  const Stopwatch watch;
  const auto opened = TRY(BareDatabase::read(database));
  std::atomic<std::uint64_t> next = 0;
  std::atomic<bool> failed = false;
  on_threads(threads, [&](unsigned number) {
    if (number == 0 && !unpack(*opened, bare_tree, "", "\xff")) failed = true;
    for (auto first = next.fetch_add(leaves_per_task); first < size.value;
         first = next.fetch_add(leaves_per_task)) {
      if (!unpack_frames(*opened, first, first + leaves_per_task)) failed = true;
    }
  });
  if (failed) return differs();
  return watch.seconds();
}

ledger::Result<double> replay_ceiling(const std::filesystem::path& database) {
  const Stopwatch watch;
  const auto opened = TRY(BareDatabase::read(database));
  Accounts accounts;
  bool intact = true;
  const auto visit = [&](ledger::Bytes entry, std::uint64_t /*checksum*/) {
    intact &= well_formed(entry);
    if (intact) fold(accounts, *schema::GetEvent(entry.data()));
  };
  if (!bare_scan(*opened, 0, UINT64_MAX, visit) || !intact) return differs();
  return watch.seconds();
}

}  // namespace bench
