#include "ledger/log.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "ledger/durable_file.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/frontier.h"
#include "ledger/proof/hash.h"
#include "tests/ledger/sample.h"
#include "tests/support/at_once.h"

namespace ledger {
namespace {

using test::batch_of;
using test::mileage_batch;
using test::mileage_line;
using test::open_log;
using ::test::Scratch;
using test::value_of;

// The tree over the entries as read, leaf by leaf.
Hash recomputed_root(const Reader& reader) {
  proof::Frontier frontier;
  const auto scanned = reader.scan({}, [&](const Entry& entry) -> Status {
    frontier.append(proof::hash_leaf(entry.bytes));
    return Ok{};
  });
  CHECK(scanned);
  CHECK(frontier.size() == reader.size());
  return frontier.root();
}

proof::Checkpoint opened(const std::string& note, const Reader& reader) {
  const auto key = value_of(proof::VerifierKey::parse(reader.verifier_key()));
  return value_of(proof::open_checkpoint(note, key, reader.origin()));
}

}  // namespace

TEST_CASE("a new ledger is empty, signed, and its secret is its owner's") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto key = value_of(Log::create(directory, test::sample_origin));
  const auto reader = value_of(Reader::open(directory));
  CHECK(reader.size() == TreeSize{0});
  CHECK(value_of(reader.root()) == proof::empty_root());
  CHECK(reader.verifier_key() == key);
  CHECK(opened(value_of(reader.checkpoint()).value(), reader).tree.size == TreeSize{0});

  struct stat status {};

  REQUIRE(::stat((directory / "signing.key").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a second creation, an origin with a space and a missing ledger are refused") {
  const Scratch scratch;
  const auto blank = Log::create(scratch.path() / "a", "two words");
  REQUIRE_FALSE(blank);
  CHECK(blank.error().code == ErrorCode::invalid);
  value_of(Log::create(scratch.path(), test::sample_origin));
  const auto again = Log::create(scratch.path(), test::sample_origin);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);
  const auto missing = Log::open(scratch.path() / "nowhere", {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);
}

TEST_CASE("of several that make a ledger in one place at once, one does", "[threads]") {
  const bool sealed = GENERATE(false, true);
  for (int round = 0; round < 4; ++round) {
    CAPTURE(sealed, round);
    const Scratch scratch;
    const auto directory = scratch.path() / "ledger";
    const auto vault_key = sealed ? std::optional(VaultKey{}) : std::nullopt;
    const auto made = ::test::at_once(
        8, [&](std::size_t) { return Log::create(directory, test::sample_origin, vault_key); });
    std::vector<std::string> keys;
    for (const auto& result : made) {
      if (result) {
        keys.push_back(*result);
        continue;
      }
      const auto code = result.error().code;
      CHECK((code == ErrorCode::conflict || code == ErrorCode::unavailable));
    }
    REQUIRE(keys.size() == 1);
    Log::Options options;
    options.vault_key = vault_key;
    const auto log = value_of(Log::open(directory, std::move(options)));
    CHECK(log->reader().verifier_key() == keys.front());
    value_of(log->sign_checkpoint());
  }
}

TEST_CASE("making a ledger that fails leaves what was there, and nothing else") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto vault = LedgerPaths(directory).vault;
  const auto refused = [&](ErrorCode code) {
    const auto made = Log::create(directory, test::sample_origin, VaultKey{});
    return !made && made.error().code == code;
  };
  // A vault that is somebody's.
  std::filesystem::create_directory(vault);
  value_of(replace_file(vault / "keyring", "theirs", FileAccess::owner_only));
  CHECK(refused(ErrorCode::conflict));
  CHECK(value_of(read_file(vault / "keyring")) == "theirs");
  CHECK_FALSE(std::filesystem::exists(directory));
  std::filesystem::remove_all(vault);
  // Files of their own, and no room for ours: the config cannot be put in its place.
  std::filesystem::create_directories(directory / "config.toml.new" / "theirs");
  value_of(replace_file(directory / "notes.txt", "theirs", FileAccess::everyone));
  CHECK(refused(ErrorCode::unavailable));
  CHECK_FALSE(std::filesystem::exists(vault));
  CHECK(value_of(read_file(directory / "notes.txt")) == "theirs");
  CHECK(std::filesystem::is_directory(directory / "config.toml.new"));
  const std::filesystem::directory_iterator files(directory);
  CHECK(std::distance(begin(files), end(files)) == 2);
}

TEST_CASE("while one process writes, a second is refused and a reader is not") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  value_of(log->append(mileage_batch(0, 3, 2)));
  const auto second = Log::open(scratch.path(), {});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::unavailable);
  CHECK(value_of(Reader::open(scratch.path())).size() == TreeSize{3});
}

TEST_CASE("events get indexes in order, the clock and the index before them in their stream") {
  const Scratch scratch;
  const auto log = open_log(scratch.path(), {.now_ns = test::ticking_clock()});
  const auto first = value_of(log->append(mileage_batch(0, 5, 2)));
  CHECK(first.indexes == std::vector<Sequence>{{0}, {1}, {2}, {3}, {4}});
  CHECK(first.added == 5);
  CHECK(first.size == TreeSize{5});
  const auto second = value_of(log->append(mileage_batch(5, 1, 2)));
  CHECK(second.indexes == std::vector<Sequence>{{5}});

  std::vector<std::int64_t> previous;
  std::int64_t clock = 0;
  CHECK(log->reader().scan({}, [&](const Entry& entry) -> Status {
    CHECK(entry.index.value == previous.size());
    previous.push_back(entry.event->previous());
    CHECK(entry.event->appended_ns() >= clock);
    clock = entry.event->appended_ns();
    return Ok{};
  }));
  CHECK(previous == std::vector<std::int64_t>{-1, -1, 0, 1, 2, 3});
  CHECK(value_of(log->reader().stream(test::vehicle_subject(1))) ==
        std::vector<Sequence>{{1}, {3}, {5}});
}

TEST_CASE("a repeated event is answered with its first index, also within one batch") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  value_of(log->append(mileage_batch(0, 300, 7)));
  auto mixed = mileage_batch(298, 4, 7);
  test::add_line(mixed, mileage_line("e301", 0, 301));
  const auto appended = value_of(log->append(mixed));
  CHECK(appended.indexes == std::vector<Sequence>{{298}, {299}, {300}, {301}, {301}});
  CHECK(appended.added == 2);
  CHECK(log->size() == TreeSize{302});
}

TEST_CASE("the same source and id with other content is a conflict that names both") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  value_of(log->append(mileage_batch(0, 3, 1)));
  auto batch = batch_of(mileage_line("new", 0, 7));
  test::add_line(batch, mileage_line("e1", 0, 77));
  const auto refused = log->append(batch);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  CHECK_THAT(refused.error().message.en,
             Catch::Contains("dms/D001#e1") && Catch::Contains("index 1"));
  CHECK(log->size() == TreeSize{3});
  CHECK(value_of(log->reader().find("dms/D001", "new")) == std::nullopt);
  // What was refused leaves nothing behind: its id is free, its stream as it was.
  CHECK(value_of(log->append(batch_of(mileage_line("new", 0, 8)))).indexes.front() == Sequence{3});
  CHECK(value_of(log->reader().stream(test::vehicle_subject(0))).size() == 4);
}

TEST_CASE("an expected size is held to") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  auto batch = mileage_batch(0, 2, 1);
  batch.expected_size = TreeSize{0};
  CHECK(log->append(batch));
  const auto refused = log->append(batch);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  Batch empty;
  empty.expected_size = TreeSize{2};
  CHECK(value_of(log->append(empty)).size == TreeSize{2});
}

TEST_CASE("bytes that are no entry are refused") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  Batch batch;
  batch.add(bytes_of("not an entry at all"));
  const auto refused = log->append(batch);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::invalid);
}

TEST_CASE("the clock never goes back, and bounds what sources may claim") {
  const Scratch scratch;
  std::int64_t now = 1'500'000'000'000'000'000;  // 2017-07-14T02:40:00Z
  const auto log = open_log(scratch.path(), {.now_ns = [&now] { return now; }});
  value_of(log->append(mileage_batch(0, 1, 1)));
  now -= 1'000'000'000;
  value_of(log->append(mileage_batch(1, 1, 1)));
  CHECK(log->reader().read(Sequence{1}, [&](const Entry& entry) -> Status {
    CHECK(entry.event->appended_ns() == now + 1'000'000'000);
    return Ok{};
  }));
  const auto claiming = [](const std::string& id, std::string_view recorded) {
    auto line = mileage_line(id, 0, 1);
    line.insert(1, R"("recordedtime":")" + std::string(recorded) + R"(",)");
    return batch_of(line);
  };
  CHECK(log->append(claiming("at the limit", "2017-07-14T02:45:00Z")));
  const auto refused = log->append(claiming("beyond", "2017-07-14T02:45:00.000000001Z"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::invalid);
  CHECK_THAT(refused.error().message.en, Catch::Contains("recordedtime"));
}

TEST_CASE("admission sees the log, the batch so far, and refuses all of a batch") {
  const Scratch scratch;
  std::vector<std::string> seen;
  Log::Options options;
  options.admission = [&seen](const Entry& event, const Pending& before) -> Status {
    const auto last = before.last_of(event.event->subject()->string_view());
    std::string what = std::to_string(event.index.value) + " after ";
    if (last) {
      TRY(before.read(*last, [&what](const Entry& entry) -> Status {
        what += entry.event->id()->str() + "@" + std::to_string(entry.index.value);
        return Ok{};
      }));
    }
    seen.push_back(what);
    if (before.find("dms/D001", "stop")) return Error{ErrorCode::invalid, std::string("stopped")};
    return Ok{};
  };
  const auto log = open_log(scratch.path(), options);
  value_of(log->append(mileage_batch(0, 2, 1)));
  auto batch = mileage_batch(2, 1, 1);
  test::add_line(batch, mileage_line("stop", 0, 0));
  test::add_line(batch, mileage_line("late", 1, 0));
  const auto refused = log->append(batch);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.en == "stopped");
  CHECK(log->size() == TreeSize{2});
  value_of(log->append(mileage_batch(2, 1, 1)));
  CHECK(seen == std::vector<std::string>{"0 after ", "1 after e0@0", "2 after e1@1", "3 after e2@2",
                                         "4 after ", "2 after e1@1"});
}

TEST_CASE("many threads append at once and each is told the truth", "[threads]") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  constexpr unsigned thread_count = 64;
  constexpr unsigned each = 20;
  std::vector<std::thread> threads;
  std::vector<std::vector<Sequence>> told(thread_count);
  for (unsigned number = 0; number < thread_count; ++number) {
    threads.emplace_back([&log, &told, number] {
      for (unsigned event = 0; event < each; ++event) {
        // Every event is submitted by two threads.
        const auto id = "t" + std::to_string(number / 2) + "-" + std::to_string(event);
        Batch batch;
        test::add_line(batch, mileage_line(id, number / 2, static_cast<int>(event)));
        const auto appended = log->append(batch);
        if (appended) told[number].push_back(appended->indexes.front());
        static_cast<void>(log->reader().root());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(log->size() == TreeSize{std::uint64_t{thread_count} / 2 * each});
  const auto reader = log->reader();
  for (unsigned number = 0; number < thread_count; ++number) {
    CHECK(told[number] == value_of(reader.stream(test::vehicle_subject(number / 2))));
  }
  CHECK(recomputed_root(reader) == value_of(reader.root()));
}

TEST_CASE("submissions are answered in order, without waiting for one another", "[threads]") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  std::vector<std::uint64_t> sizes;
  std::promise<void> last;
  constexpr std::uint64_t batches = 200;
  for (std::uint64_t number = 0; number < batches; ++number) {
    log->submit(mileage_batch(number * 10, 10, 13), [&, number](Result<Appended> appended) {
      sizes.push_back(appended ? appended->size.value : 0);
      if (number + 1 == batches) last.set_value();
    });
  }
  last.get_future().wait();
  REQUIRE(sizes.size() == batches);
  for (std::uint64_t number = 0; number < batches; ++number) {
    CHECK(sizes[number] == (number + 1) * 10);
  }
}

TEST_CASE("once a batch of a succession fails, all submitted after it fail", "[threads]") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  const auto succession = std::make_shared<Succession>();
  constexpr std::uint64_t batches = 100;
  const std::uint64_t failing = GENERATE(0U, 1U, 37U, 99U);
  CAPTURE(failing);
  const bool malformed = GENERATE(false, true);
  std::vector<std::optional<Error>> errors;
  std::promise<void> last;
  for (std::uint64_t number = 0; number < batches; ++number) {
    auto batch = mileage_batch(number * 10, 10, 13);
    if (number == failing && malformed) batch.add(bytes_of("no entry"));
    if (number == failing && !malformed) batch.expected_size = TreeSize{1};
    log->submit(
        std::move(batch),
        [&, number](const Result<Appended>& appended) {
          errors.push_back(appended ? std::nullopt : std::optional(appended.error()));
          if (number + 1 == batches) last.set_value();
        },
        succession);
  }
  last.get_future().wait();
  REQUIRE(errors.size() == batches);
  for (std::uint64_t number = 0; number < batches; ++number) {
    CHECK(errors[number].has_value() == (number >= failing));
  }
  CHECK(errors[failing]->code == (malformed ? ErrorCode::invalid : ErrorCode::conflict));
  CHECK(log->size().value == failing * 10);
  // Others are not touched by it.
  CHECK(value_of(log->append(mileage_batch(5'000, 10, 13))).added == 10);
}

TEST_CASE("a log written in many sittings has the root of one written in one") {
  constexpr std::uint64_t count = 70'000;  // beyond a tile of level 1
  const Scratch whole;
  const Scratch parts;
  Hash expected{};
  {
    const auto log = open_log(whole.path(), {.now_ns = [] { return std::int64_t{5}; }});
    for (std::uint64_t first = 0; first < count; first += 1'000) {
      value_of(log->append(mileage_batch(first, 1'000, 100)));
    }
    expected = value_of(log->reader().root());
  }
  std::uint64_t first = 0;
  for (const std::uint64_t size : {1U, 255U, 1U, 2U, 253U, 65'000U, 24U, 0U, 4'464U}) {
    const auto log = open_log(parts.path(), {.now_ns = [] { return std::int64_t{5}; }});
    value_of(log->append(mileage_batch(first, size, 100)));
    first += size;
  }
  REQUIRE(first == count);
  const auto reader = value_of(Reader::open(parts.path()));
  CHECK(value_of(reader.root()) == expected);
  CHECK(recomputed_root(reader) == expected);
  const auto checkpoint = opened(value_of(reader.checkpoint()).value(), reader);
  CHECK(checkpoint.tree == proof::TreeHead{{count}, expected});
}

TEST_CASE("checkpoints are kept, each found in the view that it signs") {
  const Scratch scratch;
  const auto log = open_log(scratch.path(), {.checkpoint_delay = std::chrono::hours(1)});
  value_of(log->append(mileage_batch(0, 3, 1)));
  const auto at_three = value_of(log->sign_checkpoint());
  CHECK(value_of(log->sign_checkpoint()) == at_three);
  value_of(log->append(mileage_batch(3, 3, 1)));
  const auto reader = log->reader();
  CHECK(value_of(reader.checkpoint()) == at_three);
  const auto at_six = value_of(log->sign_checkpoint());
  CHECK(value_of(reader.checkpoint()) == at_six);
  CHECK(value_of(reader.at({5}).checkpoint()) == at_three);
  CHECK(opened(at_three, reader).tree.root == value_of(reader.at({3}).root()));
}

}  // namespace ledger
