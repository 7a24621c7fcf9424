// What the disk may do to a ledger, and what the ledger then says.
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <vector>

#include "ledger/durable_file.h"
#include "ledger/log.h"
#include "ledger/verify.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

using test::copy_running;
using test::flip_bit;
using test::mileage_batch;
using test::open_log;
using ::test::Scratch;
using test::value_of;

// The write-ahead log that a running writer appends to: the newest.
std::filesystem::path newest_wal(const std::filesystem::path& database) {
  std::filesystem::path newest;
  for (const auto& file : std::filesystem::directory_iterator(database)) {
    if (file.path().extension() == ".log" && file.path() > newest) newest = file.path();
  }
  REQUIRE_FALSE(newest.empty());
  return newest;
}

// Files of this process may not grow beyond so many bytes: a full disk, near enough.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    const rlimit limit{bytes, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }

  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

TEST_CASE("all that was acknowledged survives a torn tail of the write-ahead log") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "live");
  for (std::uint64_t first = 0; first < 2'000; first += 100) {
    value_of(log->append(mileage_batch(first, 100, 10)));
  }
  const auto torn = scratch.path() / "torn";
  copy_running(scratch.path() / "live", torn);
  // Half a record more: a write that the power cut interrupted.
  const auto wal = newest_wal(torn / "db");
  std::ofstream(wal, std::ios::binary | std::ios::app) << std::string(4'000, '\x5a');
  const auto reopened = value_of(Log::open(torn, {}));
  CHECK(reopened->size() == TreeSize{2'000});
  CHECK(value_of(reopened->append(mileage_batch(2'000, 1, 10))).size == TreeSize{2'001});
}

TEST_CASE("the last record of the write-ahead log may end anywhere, and costs only itself") {
  // A power cut in the middle of a write nobody was told of. The record of 300 events is longer
  // than a block of the log, so that it lies there in several pieces.
  const Scratch scratch;
  const auto live = scratch.path() / "live";
  const auto log = open_log(live, {.checkpoint_delay = std::chrono::hours(1)});
  value_of(log->append(mileage_batch(0, 300, 10)));
  value_of(log->append(mileage_batch(300, 7, 10)));
  const auto whole = newest_wal(live / "db");
  const auto begins = std::filesystem::file_size(whole);
  value_of(log->append(mileage_batch(307, 300, 10)));
  const auto ends = std::filesystem::file_size(whole);
  REQUIRE(ends > begins + 32'768);

  std::vector<std::uintmax_t> cuts{begins,     begins + 1, begins + 6,
                                   begins + 7, begins + 8, ends - 1};
  for (auto block = begins / 32'768 + 1; block * 32'768 < ends; ++block) {
    for (const auto near : {-1, 0, 1, 7}) {
      cuts.push_back(block * 32'768 + static_cast<std::uintmax_t>(near));
    }
  }
  for (auto cut = begins + 11; cut < ends; cut += (ends - begins) / 16) cuts.push_back(cut);
  for (const auto cut : cuts) {
    CAPTURE(begins, ends, cut);
    const auto torn = scratch.path() / "torn";
    copy_running(live, torn);
    std::filesystem::resize_file(newest_wal(torn / "db"), cut);
    {
      const auto reopened = value_of(Log::open(torn, {}));
      CHECK(reopened->size() == TreeSize{307});
      CHECK(value_of(reopened->append(mileage_batch(0, 400, 10))).added == 93);
    }
    const auto verification = value_of(verify(torn, {}));
    CHECK(verification.differences == 0);
    CHECK(verification.verified == 400);
  }
}

TEST_CASE("a flipped bit in the middle of the write-ahead log is refused") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "live");
  for (std::uint64_t first = 0; first < 2'000; first += 100) {
    value_of(log->append(mileage_batch(first, 100, 10)));
  }
  const auto altered = scratch.path() / "altered";
  copy_running(scratch.path() / "live", altered);
  const auto wal = newest_wal(altered / "db");
  flip_bit(wal, std::filesystem::file_size(wal) / 2);
  const auto writing = Log::open(altered, {});
  REQUIRE_FALSE(writing);
  CHECK(writing.error().code == ErrorCode::corrupt);
  const auto reading = Reader::open(altered);
  REQUIRE_FALSE(reading);
  CHECK(reading.error().code == ErrorCode::corrupt);
}

TEST_CASE("a log that is shorter than or different from its high-water checkpoint is refused") {
  const Scratch scratch;
  const auto live = scratch.path() / "live";
  const auto older = scratch.path() / "older";
  value_of(open_log(live)->append(mileage_batch(0, 10, 3)));
  copy_running(live, older);
  value_of(open_log(live)->append(mileage_batch(10, 10, 3)));

  SECTION("shorter") {
  }
  SECTION("another history of the same length") {
    value_of(open_log(older)->append(mileage_batch(50, 10, 3)));
  }
  SECTION("another history that went further") {
    value_of(open_log(older)->append(mileage_batch(50, 300, 3)));
  }
  std::filesystem::copy_file(live / "high-water", older / "high-water",
                             std::filesystem::copy_options::overwrite_existing);
  const auto writing = Log::open(older, {});
  REQUIRE_FALSE(writing);
  CHECK(writing.error().code == ErrorCode::corrupt);
  CHECK_THAT(writing.error().message.en, Catch::Contains("high-water"));
  const auto reading = Reader::open(older);
  REQUIRE_FALSE(reading);
  CHECK(reading.error().code == ErrorCode::corrupt);
}

TEST_CASE("a high-water checkpoint that is missing or not ours is refused") {
  const Scratch scratch;
  value_of(open_log(scratch.path())->append(mileage_batch(0, 10, 3)));
  SECTION("missing") {
    std::filesystem::remove(scratch.path() / "high-water");
  }
  SECTION("altered") {
    flip_bit(scratch.path() / "high-water", 20);
  }
  const auto refused = Log::open(scratch.path(), {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::corrupt);
}

TEST_CASE("once a write fails nothing more is accepted, and nothing acknowledged is lost") {
  const Scratch scratch;
  std::uint64_t acknowledged = 0;
  {
    const auto log = open_log(scratch.path(), {.checkpoint_delay = std::chrono::hours(1)});
    value_of(log->append(mileage_batch(0, 100, 10)));
    acknowledged = 100;
    const auto wal = newest_wal(scratch.path() / "db");
    const FullDisk full(std::filesystem::file_size(wal) + 100'000);
    std::optional<Error> failure;
    while (!failure) {
      const auto appended = log->append(mileage_batch(acknowledged, 100, 10));
      if (appended) {
        acknowledged = appended->size.value;
      } else {
        failure = appended.error();
      }
      REQUIRE(acknowledged < 100'000);
    }
    CHECK(failure->code == ErrorCode::unavailable);
    const auto later = log->append(mileage_batch(0, 1, 10));
    REQUIRE_FALSE(later);
    CHECK(later.error().code == ErrorCode::unavailable);
    CHECK(log->size().value == acknowledged);
  }
  const auto log = value_of(Log::open(scratch.path(), {}));
  CHECK(log->size().value >= acknowledged);
  const auto repeated = value_of(log->append(mileage_batch(0, acknowledged, 10)));
  CHECK(repeated.added == 0);
}

}  // namespace ledger
