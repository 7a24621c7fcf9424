// What damage to the stored files does: `verify` finds it, or it changes nothing that
// `verify` vouches for. Which files those are is said in docs/FORMATS.md, "What verify
// vouches for".
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "ledger/byte_order.h"
#include "ledger/open_ledger.h"
#include "ledger/verify.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using test::mileage_batch;
using test::open_log;
using ::test::Scratch;
using test::value_of;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t rounds_default = 100;  // a sanitizer looks for crashes, and is slow
#else
constexpr std::uint64_t rounds_default = 2'000;
#endif

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread starts.
  const char* const given = std::getenv(name);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

// Every record of every table, and what the files beside the database say.
using Contents = std::map<std::pair<int, std::string>, std::string>;

constexpr int table_count = 6;

Result<Contents> contents(const fs::path& directory) {
  const auto ledger = TRY(open_ledger(directory, Store::Mode::read));
  Contents records;
  for (int table = 0; table < table_count; ++table) {
    auto cursor = ledger->store->cursor(static_cast<Table>(table), Store::Pattern::scan);
    for (cursor.seek_first(); cursor.valid(); cursor.next()) {
      records[{table, std::string(text_of(cursor.key()))}] = text_of(cursor.value());
    }
    TRY(cursor.status());
  }
  records[{table_count, "origin"}] = ledger->config.origin;
  records[{table_count, "verifier key"}] = ledger->config.verifier_key;
  records[{table_count, "high-water"}] = ledger->high_water;
  const auto key = TRY(read_signing_key(*ledger));
  records[{table_count, "signing key"}] = key.text();
  return records;
}

// A ledger as it lies on the disk, each file by its path.
class Stored {
 public:
  explicit Stored(const fs::path& directory)
      : directory_(directory), contents_(value_of(contents(directory))) {
    for (const auto& file : fs::recursive_directory_iterator(directory)) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      files_[fs::relative(file.path(), directory)] = {std::istreambuf_iterator<char>(in), {}};
    }
  }

  const std::map<fs::path, std::string>& files() const { return files_; }

  const Contents& records() const { return contents_; }

  // The same ledger without one file. Reading never writes, so the others are shared.
  void place(const fs::path& target, const fs::path& without) const {
    fs::create_directories(target / "db");
    fs::create_directories(target / "cache");
    for (const auto& [name, unused] : files_) {
      if (name != without) fs::create_hard_link(directory_ / name, target / name);
    }
  }

 private:
  fs::path directory_;
  Contents contents_;
  std::map<fs::path, std::string> files_;
};

// Turns one bit or some, or cuts the end off; says what it did.
std::string damage(std::string& bytes, std::mt19937_64& random) {
  if (bytes.empty()) {
    bytes = "x";
    return "a byte more";
  }
  if (random() % 4 == 0) {
    const auto length = random() % bytes.size();
    bytes.resize(length);
    return "cut to " + std::to_string(length);
  }
  const auto count = random() % 8 == 0 ? 1 + random() % 16 : 1;
  std::string what = "bits";
  for (std::uint64_t turned = 0; turned < count; ++turned) {
    const auto bit = random() % (bytes.size() * 8);
    what += ' ' + std::to_string(bit / 8) + '.' + std::to_string(bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  }
  return what;
}

// What became of damage.
struct Outcome {
  std::uint64_t found = 0;      // by a finding, or since the ledger does not open
  std::uint64_t unchanged = 0;  // all that is vouched for reads as before
  std::vector<std::string> missed;

  void add(const Outcome& other) {
    found += other.found;
    unchanged += other.unchanged;
    missed.insert(missed.end(), other.missed.begin(), other.missed.end());
  }
};

// Two ledgers of the same 350 entries and three checkpoints: one closed in order, one as a
// power cut leaves it, with everything still in the write-ahead log.
class Ledgers {
 public:
  Ledgers() {
    const auto closed = scratch_.path() / "closed";
    const auto killed = scratch_.path() / "killed";
    {
      const auto log = open_log(
          closed, {.now_ns = test::ticking_clock(), .checkpoint_delay = std::chrono::hours(1)});
      value_of(log->append(mileage_batch(0, 200, 7)));
      value_of(log->sign_checkpoint());
      value_of(log->append(mileage_batch(200, 150, 7)));
      value_of(log->sign_checkpoint());
      test::copy_running(closed, killed);
    }
    stored_.emplace_back(closed);
    stored_.emplace_back(killed);
  }

  // Damages the files whose names begin with `name`, or end with it, `rounds` times in all.
  Outcome run(const std::string& name, std::uint64_t rounds, std::uint64_t seed) {
    std::vector<std::pair<const Stored*, fs::path>> targets;
    for (const auto& stored : stored_) {
      for (const auto& [path, bytes] : stored.files()) {
        const auto file = path.filename().string();
        if (file.starts_with(name) || file.ends_with(name)) targets.emplace_back(&stored, path);
      }
    }
    REQUIRE_FALSE(targets.empty());
    // Full logs tell more than empty ones.
    std::stable_sort(targets.begin(), targets.end(), [](const auto& a, const auto& b) {
      return a.first->files().at(a.second).size() > b.first->files().at(b.second).size();
    });
    if (name == ".log") targets.resize(1);

    Outcome total;
    std::mutex guard;
    std::atomic<std::size_t> next = 0;
    const auto lanes = targets.size() == 1 ? 2 : targets.size();
    const auto work = [&] {
      for (auto lane = next++; lane < lanes; lane = next++) {
        const auto& [stored, path] = targets[lane % targets.size()];
        const auto share = rounds / lanes + (lane < rounds % lanes ? 1 : 0);
        const auto outcome = damage_file(*stored, path, share, seed + lane);
        const std::lock_guard lock(guard);
        total.add(outcome);
      }
    };
    std::thread other(work);
    work();
    other.join();
    return total;
  }

 private:
  Outcome damage_file(const Stored& stored, const fs::path& path, std::uint64_t rounds,
                      std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto target = scratch_.path() / std::to_string(++placed_);
    stored.place(target, path);
    Outcome outcome;
    for (std::uint64_t round = 0; round < rounds; ++round) {
      auto bytes = stored.files().at(path);
      const auto what = damage(bytes, random);
      std::ofstream(target / path, std::ios::binary) << bytes;
      const auto verdict = judge(stored, target);
      if (verdict == "found") {
        ++outcome.found;
      } else if (verdict == "unchanged") {
        ++outcome.unchanged;
      } else {
        outcome.missed.push_back(
            path.string().append(", ").append(what).append(": ").append(verdict));
      }
    }
    return outcome;
  }

  static std::string judge(const Stored& stored, const fs::path& damaged) {
    try {
      const auto verification = verify(damaged, {});
      if (!verification) {
        const auto& error = verification.error();
        return error.code == ErrorCode::corrupt ? "found" : error.message.en;
      }
      if (verification->differences > 0) return "found";
      const auto now = contents(damaged);
      return now && *now == stored.records() ? "unchanged" : "not found";
    } catch (const std::exception& thrown) {
      return std::string("threw ") + thrown.what();
    }
  }

  Scratch scratch_;
  std::vector<Stored> stored_;
  std::atomic<int> placed_ = 0;
};

// What `verify` must find, each time.
enum class Expect { some_found, all_unchanged };

void expect(const std::string& name, std::uint64_t rounds, Expect wanted) {
  const auto seed = setting("DAMAGE_SEED", 20'170'224);
  const auto outcome = Ledgers().run(name, rounds, seed);
  WARN(name << ": " << rounds << " damages from DAMAGE_SEED=" << seed << ", " << outcome.found
            << " found, " << outcome.unchanged << " without consequence");
  for (const auto& missed : outcome.missed) UNSCOPED_INFO(missed);
  CHECK(outcome.missed.empty());
  CHECK(outcome.found + outcome.unchanged == rounds);
  if (wanted == Expect::some_found) CHECK(outcome.found > rounds / 2);
  if (wanted == Expect::all_unchanged) CHECK(outcome.unchanged == rounds);
}

}  // namespace

TEST_CASE("no damage to the write-ahead log goes unnoticed") {
  expect(".log", setting("DAMAGE_ROUNDS", rounds_default), Expect::some_found);
}

TEST_CASE("no damage to the manifest goes unnoticed") {
  expect("MANIFEST", setting("DAMAGE_ROUNDS", rounds_default), Expect::some_found);
}

TEST_CASE("no damage to a table file goes unnoticed") {
  expect(".sst", setting("DAMAGE_ROUNDS", rounds_default), Expect::some_found);
}

TEST_CASE("no damage to the signing key goes unnoticed") {
  expect("signing.key", setting("DAMAGE_ROUNDS", rounds_default), Expect::some_found);
}

TEST_CASE("no damage to the config that bears on the log goes unnoticed") {
  expect("config.toml", setting("DAMAGE_ROUNDS", rounds_default), Expect::some_found);
}

TEST_CASE("no damage to the high-water checkpoint or to the name of the manifest goes unnoticed") {
  const auto name = GENERATE("high-water", "CURRENT");
  expect(name, setting("DAMAGE_ROUNDS", rounds_default) / 10, Expect::some_found);
}

TEST_CASE("damage to the files that only RocksDB reads makes no difference") {
  const auto name = GENERATE("OPTIONS", "IDENTITY", "LOCK");
  expect(name, setting("DAMAGE_ROUNDS", rounds_default) / 20, Expect::all_unchanged);
}

}  // namespace ledger
