#include "ledger/verify.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <random>
#include <thread>

#include "ledger/byte_order.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/frame_cursor.h"
#include "ledger/stored_tree.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

using test::falsify;
using test::make_ledger_of_600;
using test::mileage_batch;
using test::open_log;
using test::places;
using ::test::Scratch;
using test::value_of;
using Where = Finding::Where;

// Somebody who writes the database behind the ledger's back.
class Intruder {
 public:
  explicit Intruder(const std::filesystem::path& directory)
      : store_(value_of(Store::open(directory / "db", Store::Mode::write))) {}

  const Store& store() const { return *store_; }

  std::string get(Table table, Bytes key) const {
    return value_of(store_->get(table, key)).value();
  }

  void put(Table table, Bytes key, Bytes value) {
    WriteGroup group(*store_);
    group.put(table, key, value);
    const auto group_written = store_->write(std::move(group));
    REQUIRE(group_written);
  }

  void erase(Table table, Bytes key) {
    WriteGroup group(*store_);
    group.erase(table, key);
    const auto group_written = store_->write(std::move(group));
    REQUIRE(group_written);
  }

  // Replaces an entry by one of the same length and makes its frame sound again.
  void forge(Sequence index, const std::function<void(std::span<std::byte>)>& change) {
    FrameCursor cursor(*store_, Store::Pattern::few);
    REQUIRE(cursor.seek(index));
    auto frame = cursor.load();
    const auto forged = frame.entry(static_cast<std::uint32_t>(index.value - frame.first().value));
    change({const_cast<std::byte*>(forged.data()), forged.size()});
    std::vector<FrameEntry> entries;
    for (std::uint32_t at = 0; at < frame.count(); ++at) {
      const auto bytes = frame.entry(at);
      const auto* event = flatbuffers::GetRoot<schema::Event>(bytes.data());
      entries.push_back({bytes, event->type(), event->time()->ns(), event->appended_ns()});
    }
    const auto head = frame_head(frame.first(), entries);
    std::vector<std::byte> value(frame.bytes().begin(), frame.bytes().end());
    std::memcpy(value.data(), head.data(), head.size());
    put(Table::frames, big_endian(frame.first().value), value);
  }

 private:
  std::unique_ptr<Store> store_;
};

Verification verified(const std::filesystem::path& directory, unsigned threads = 1) {
  return value_of(verify(directory, {.threads = threads}));
}

std::string altered(std::string value, std::size_t at) {
  value[at] = static_cast<char>(value[at] ^ 1);
  return value;
}

}  // namespace

TEST_CASE("an untouched ledger verifies to its root, with any number of threads") {
  const Scratch scratch;
  Hash root{};
  constexpr std::uint64_t count = 132'000;  // two tiles of level 1 and a part of a third
  {
    const auto log = open_log(scratch.path(), {.now_ns = test::ticking_clock(),
                                               .checkpoint_delay = std::chrono::hours(1)});
    for (std::uint64_t first = 0; first < count; first += 1'100) {
      value_of(log->append(mileage_batch(first, 1'100, 1'000)));
      if (first % 8'800 == 0) value_of(log->sign_checkpoint());
    }
    root = value_of(log->reader().root());
  }
  for (const unsigned threads : {1U, 2U, 3U}) {
    std::uint64_t last_done = 0;
    const auto result = value_of(
        verify(scratch.path(), {.threads = threads, .progress = [&](auto done, auto total) {
                                  CHECK(done > last_done);
                                  CHECK(total == count);
                                  last_done = done;
                                }}));
    CHECK(places(result).empty());
    CHECK(result.differences == 0);
    CHECK(result.entries == TreeSize{count});
    CHECK(result.read == count);
    CHECK(result.verified == count);
    CHECK(result.unsigned_tail == 0);
    CHECK(result.root == root);
    CHECK(last_done == count);
    CHECK(result.clock_stretches.empty());
  }
}

TEST_CASE("an empty ledger verifies; a tail that nobody signed is counted apart") {
  const Scratch scratch;
  value_of(Log::create(scratch.path(), test::sample_origin));
  CHECK(places(verified(scratch.path())).empty());
  {
    const auto log = open_log(scratch.path(), {.force_checkpoint_at_close = false,
                                               .checkpoint_delay = std::chrono::hours(1)});
    value_of(log->append(mileage_batch(0, 10, 3)));
    value_of(log->sign_checkpoint());
    value_of(log->append(mileage_batch(10, 5, 3)));
  }
  const auto result = verified(scratch.path());
  CHECK(places(result).empty());
  CHECK(result.entries == TreeSize{15});
  CHECK(result.verified == 10);
  CHECK(result.unsigned_tail == 5);
  CHECK(result.checkpoint_size == TreeSize{10});
}

TEST_CASE("a flipped bit in an entry is found by its index, all else still verifies") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  {
    Intruder intruder(scratch.path());
    const auto key = big_endian(256);
    auto frame = intruder.get(Table::frames, key);
    const auto view = value_of(FrameView::parse(Sequence{256}, bytes_of(frame)));
    const auto at = static_cast<std::size_t>(view.entry(44).data() - view.bytes().data()) + 60;
    intruder.put(Table::frames, key, bytes_of(altered(frame, at)));
  }
  const auto result = verified(scratch.path());
  REQUIRE(places(result) == std::vector<Where>{Where::entry});
  CHECK(result.findings[0].index == Sequence{300});
  CHECK_THAT(result.findings[0].expected.en, Catch::Contains("checksum"));
  CHECK(result.verified == 599);
  CHECK(result.checkpoint_size == TreeSize{600});
}

TEST_CASE("an event made anew with a sound checksum is told from its leaf hash") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  Intruder(scratch.path()).forge(Sequence{300}, falsify);
  const auto result = verified(scratch.path());
  REQUIRE(places(result) == std::vector<Where>{Where::entry});
  CHECK(result.findings[0].index == Sequence{300});
  CHECK_THAT(result.findings[0].expected.en, Catch::StartsWith("leaf hash"));
  CHECK(result.findings[0].type == "vehicle.mileage_reported");
  CHECK(result.findings[0].subject == test::vehicle_subject(300 % 7));
  CHECK(result.verified == 599);
}

TEST_CASE("an event made anew where no tile is stored yet contradicts the checkpoint") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  Intruder(scratch.path()).forge(Sequence{599}, falsify);
  const auto result = verified(scratch.path());
  REQUIRE(places(result) == std::vector<Where>{Where::checkpoint, Where::file});
  CHECK_THAT(result.findings[0].found.en, Catch::Contains("after entry 200"));
  CHECK(result.checkpoint_size == TreeSize{200});
  CHECK(result.verified == 200);
}

TEST_CASE("a lost frame is named, its entries are not claimed, all others are") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  Intruder(scratch.path()).erase(Table::frames, big_endian(256));
  const auto result = verified(scratch.path());
  REQUIRE(places(result) == std::vector<Where>{Where::frame});
  CHECK(result.findings[0].index == Sequence{256});
  CHECK(result.read == 600 - 256);
  CHECK(result.verified == 600 - 256);
  CHECK_FALSE(result.root);
}

TEST_CASE("a header that would hide entries from scans is found") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  {
    Intruder intruder(scratch.path());
    FrameCursor cursor(intruder.store(), Store::Pattern::few);
    REQUIRE(cursor.seek(Sequence{256}));
    const auto frame = cursor.load();
    std::vector<FrameEntry> entries;
    for (std::uint32_t at = 0; at < frame.count(); ++at) {
      entries.push_back({frame.entry(at), 1, frame.time_lowest(), frame.appended_first()});
    }
    const auto head = frame_head(frame.first(), entries);
    std::vector<std::byte> value(frame.bytes().begin(), frame.bytes().end());
    std::memcpy(value.data(), head.data(), head.size());
    intruder.put(Table::frames, big_endian(256), value);
  }
  CHECK(places(verified(scratch.path())) == std::vector<Where>{Where::frame});
}

TEST_CASE("altered, forged, missing and surplus tiles are found, and no entry is blamed") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  {
    Intruder intruder(scratch.path());
    const auto key = tile_key({0, 1});
    const auto tile = intruder.get(Table::tree, key);
    SECTION("altered") {
      intruder.put(Table::tree, key, bytes_of(altered(tile, 100)));
    }
    SECTION("forged") {
      auto hashes = value_of(parse_tile({0, 1}, bytes_of(tile)));
      hashes[7] = hashes[8];
      intruder.put(Table::tree, key, tile_value(hashes));
    }
    SECTION("missing") {
      intruder.erase(Table::tree, key);
    }
    SECTION("surplus") {
      intruder.put(Table::tree, tile_key({0, 2}), bytes_of(tile));
    }
  }
  const auto result = verified(scratch.path());
  CHECK(places(result) == std::vector<Where>{Where::tile});
  CHECK(result.verified == 600);
}

TEST_CASE("every change of an index table is found by its key") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  const std::uint64_t other = 17;
  const auto value = std::as_bytes(std::span(&other, 1));
  const auto subject = test::vehicle_subject(3);
  std::string named;
  {
    Intruder intruder(scratch.path());
    SECTION("a key that points elsewhere") {
      intruder.put(Table::idempotency, bytes_of("dms/D001#e300"), value);
      named = "dms/D001#e300";
    }
    SECTION("a key that is gone") {
      intruder.erase(Table::idempotency, bytes_of("dms/D001#e300"));
      named = "dms/D001#e300";
    }
    SECTION("a key for no event") {
      intruder.put(Table::idempotency, bytes_of("dms/D001#e9999"), value);
      named = "dms/D001#e9999";
    }
    SECTION("a stream that ends too early") {
      intruder.put(Table::streams, bytes_of(subject), value);
      named = subject;
    }
    SECTION("a stream that is gone") {
      intruder.erase(Table::streams, bytes_of(subject));
      named = subject;
    }
    SECTION("a value that is no index") {
      intruder.put(Table::streams, bytes_of(subject), bytes_of("x"));
      named = subject;
    }
  }
  const auto result = verified(scratch.path());
  const auto where = places(result);
  REQUIRE_FALSE(where.empty());
  CHECK(std::all_of(where.begin(), where.end(),
                    [](Where place) { return place == Where::index_table; }));
  CHECK(std::any_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
    return (finding.expected.en + finding.found.en).find(named) != std::string::npos;
  }));
  CHECK(result.verified == 600);
}

TEST_CASE("a record of how far the index tables reach that is not so is found") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  const std::uint64_t reach = GENERATE(as<std::uint64_t>(), 0, 599, 601);
  CAPTURE(reach);
  {
    Intruder intruder(scratch.path());
    CHECK(intruder.get(Table::meta, bytes_of("indexed")).size() == sizeof reach);
    intruder.put(Table::meta, bytes_of("indexed"), std::as_bytes(std::span(&reach, 1)));
  }
  const auto where = places(verified(scratch.path()));
  REQUIRE_FALSE(where.empty());
  CHECK(std::all_of(where.begin(), where.end(),
                    [](Where place) { return place == Where::index_table; }));
}

TEST_CASE("altered checkpoints are found, stored ones and the high-water mark") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  auto expected = Where::checkpoint;
  SECTION("stored") {
    Intruder intruder(scratch.path());
    const auto note = intruder.get(Table::checkpoints, big_endian(200));
    intruder.put(Table::checkpoints, big_endian(200), bytes_of(altered(note, note.size() - 10)));
  }
  SECTION("under another size") {
    Intruder intruder(scratch.path());
    const auto note = intruder.get(Table::checkpoints, big_endian(200));
    intruder.put(Table::checkpoints, big_endian(201), bytes_of(note));
  }
  SECTION("high-water altered") {
    const auto path = scratch.path() / "high-water";
    const auto note = value_of(read_file(path));
    REQUIRE(replace_file(path, altered(note, note.size() - 10), FileAccess::everyone));
  }
  SECTION("high-water missing") {
    std::filesystem::remove(scratch.path() / "high-water");
    expected = Where::file;
  }
  CHECK(places(verified(scratch.path())) == std::vector<Where>{expected});
}

TEST_CASE("a stretch in which the clock stood still is told, as no difference") {
  const Scratch scratch;
  std::int64_t now = 1'500'000'000'000'000'000;
  {
    const auto log = open_log(scratch.path(), {.now_ns = [&now] { return now; }});
    for (const std::int64_t step : {10, -5, 3, 10}) {
      now += step;
      value_of(log->append(mileage_batch(log->size().value, 1, 7)));
    }
  }
  const auto result = verified(scratch.path());
  CHECK(places(result).empty());
  REQUIRE(result.clock_stretches.size() == 1);
  CHECK(result.clock_stretches[0].first == Sequence{0});
  CHECK(result.clock_stretches[0].last == Sequence{2});
}

TEST_CASE("a clock that goes back, and frames that the head does not count, are found") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path());
  SECTION("clock") {
    Intruder(scratch.path()).forge(Sequence{300}, [](std::span<std::byte> entry) {
      const auto* event = flatbuffers::GetRoot<schema::Event>(entry.data());
      stamp(entry, 1, event->previous());
    });
    const auto where = places(verified(scratch.path()));
    CHECK(std::count(where.begin(), where.end(), Where::clock) == 1);
  }
  SECTION("a frame beyond the end") {
    Intruder intruder(scratch.path());
    const auto frame = intruder.get(Table::frames, big_endian(512));
    intruder.put(Table::frames, big_endian(768), bytes_of(frame));
    CHECK(places(verified(scratch.path())) == std::vector<Where>{Where::frame});
  }
  SECTION("a frame inside another") {
    Intruder intruder(scratch.path());
    const auto frame = intruder.get(Table::frames, big_endian(512));
    intruder.put(Table::frames, big_endian(520), bytes_of(frame));
    CHECK(places(verified(scratch.path())) == std::vector<Where>{Where::frame});
  }
}

TEST_CASE("no flipped bit of any record goes unnoticed", "[property]") {
  const Scratch scratch;
  make_ledger_of_600(scratch.path() / "sound");
  std::mt19937 random(1);
  for (int round = 0; round < 60; ++round) {
    const auto directory = scratch.path() / std::to_string(round);
    std::filesystem::copy(scratch.path() / "sound", directory,
                          std::filesystem::copy_options::recursive);
    {
      Intruder intruder(directory);
      const auto table = static_cast<Table>(random() % 6);
      std::vector<std::pair<std::string, std::string>> records;
      auto cursor = intruder.store().cursor(table, Store::Pattern::few);
      for (cursor.seek_first(); cursor.valid(); cursor.next()) {
        records.emplace_back(text_of(cursor.key()), text_of(cursor.value()));
      }
      auto [key, value] = records[random() % records.size()];
      const auto bit = random() % (value.size() * 8);
      UNSCOPED_INFO("table " << static_cast<int>(table) << ", key " << key << ", bit " << bit);
      value[bit / 8] = static_cast<char>(value[bit / 8] ^ (1 << (bit % 8)));
      intruder.put(table, bytes_of(key), bytes_of(value));
    }
    const auto result = verify(directory, {});
    CHECK((!result || result->differences > 0));
  }
}

TEST_CASE("verification beside a running writer raises no false alarm", "[threads]") {
  const Scratch scratch;
  const auto log = open_log(scratch.path(), {.checkpoint_delay = std::chrono::milliseconds(5)});
  value_of(log->append(mileage_batch(0, 100, 7)));
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (std::uint64_t first = 100; !stop && first < 50'000; first += 50) {
      const auto appended = log->append(mileage_batch(first, 50, 7));
      if (!appended) return;
    }
  });
  for (int round = 0; round < 20; ++round) {
    const auto result = verify(scratch.path(), {.threads = 2});
    CHECK((result && places(*result).empty()));
  }
  stop = true;
  writer.join();
}

}  // namespace ledger
