#include "ledger/pending_index.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <random>

#include "ledger/index_reach.h"
#include "ledger/log.h"
#include "ledger/open_ledger.h"
#include "ledger/reader.h"
#include "ledger/sequencer.h"
#include "ledger/verify.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

using test::copy_running;
using test::mileage_batch;
using test::open_log;
using ::test::Scratch;
using test::value_of;

using Model = std::map<std::string, Sequence, std::less<>>;

Model rows_of(const KeyIndex& index) {
  Model rows;
  std::string last;
  for (const auto& [key, at] : index.sorted()) {
    CHECK(std::string_view(last) < key);
    last = key;
    rows.emplace(key, at);
  }
  return rows;
}

// The entries that the index tables of a ledger cover.
TreeSize indexed(const std::filesystem::path& directory) {
  const auto store = value_of(Store::open(directory / "db", Store::Mode::read));
  return value_of(read_index_reach(*store));
}

// Index rows are written on the way of a short import.
std::unique_ptr<Log> open_with_short_runs(const std::filesystem::path& directory) {
  Log::Options options;
  options.index_run_entries = 1'000;
  return open_log(directory, std::move(options));
}

// Finds every event of `mileage_batch(0, count, vehicles)` by its key and in its stream.
void check_found(const Reader& reader, std::uint64_t count, unsigned vehicles) {
  REQUIRE(reader.size().value == count);
  for (const std::uint64_t index : {std::uint64_t{0}, count / 2, count - 1}) {
    CHECK(value_of(reader.find("dms/D001", "e" + std::to_string(index))) == Sequence{index});
  }
  CHECK(value_of(reader.find("dms/D001", "e" + std::to_string(count))) == std::nullopt);
  std::size_t in_streams = 0;
  for (unsigned vehicle = 0; vehicle < vehicles; ++vehicle) {
    in_streams += value_of(reader.stream(test::vehicle_subject(vehicle))).size();
  }
  CHECK(in_streams == count);
}

}  // namespace

TEST_CASE("an index of keys agrees with a map, also after taking back", "[property]") {
  const auto seed = GENERATE(range(1U, 9U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  KeyIndex index;
  Model model;
  Model marked;
  for (std::uint64_t step = 0; step < 3'000; ++step) {
    const auto act = random() % 50;
    if (act == 0) {
      index.mark();
      marked = model;
    } else if (act == 1) {
      index.take_back();
      model = marked;
    } else {
      const auto key = "key" + std::string(random() % 3, 'x') + std::to_string(random() % 700);
      index.put(HashedKey(key), Sequence{step});
      model[key] = Sequence{step};
    }
    const auto asked = "key" + std::to_string(random() % 700);
    const auto known = model.find(asked);
    REQUIRE(index.find(HashedKey(asked)) ==
            (known == model.end() ? std::nullopt : std::optional(known->second)));
  }
  CHECK(index.count() == model.size());
  CHECK(rows_of(index) == model);
}

TEST_CASE("index tables lag behind a writer, and nobody who reads notices") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  {
    const auto log = open_log(directory);
    value_of(log->append(mileage_batch(0, 700, 9)));
    CHECK(indexed(directory).value == 0);
    check_found(log->reader(), 700, 9);
    check_found(value_of(Reader::open(directory)), 700, 9);
    CHECK(value_of(verify(directory, {})).differences == 0);
    const auto earlier = value_of(Reader::open(directory)).at(TreeSize{400});
    check_found(earlier, 400, 9);
  }
  CHECK(indexed(directory).value == 700);
  check_found(value_of(Reader::open(directory)), 700, 9);
  CHECK(value_of(verify(directory, {})).differences == 0);
}

TEST_CASE("what the index tables lacked at a crash is taken up again") {
  const Scratch scratch;
  const auto crashed = scratch.path() / "crashed";
  {
    const auto log = open_log(scratch.path() / "ledger");
    value_of(log->append(mileage_batch(0, 300, 5)));
    value_of(log->sign_checkpoint());
    copy_running(scratch.path() / "ledger", crashed);
  }
  CHECK(indexed(crashed).value == 0);
  CHECK(value_of(verify(crashed, {})).differences == 0);
  check_found(value_of(Reader::open(crashed)), 300, 5);
  {
    const auto log = open_log(crashed);
    const auto again = value_of(log->append(mileage_batch(200, 200, 5)));
    CHECK(again.added == 100);
    CHECK(again.indexes.front() == Sequence{200});
  }
  CHECK(indexed(crashed).value == 400);
  CHECK(value_of(verify(crashed, {})).differences == 0);
  check_found(value_of(Reader::open(crashed)), 400, 5);
}

TEST_CASE("a long import writes index rows on its way, and closing writes the rest") {
  constexpr std::uint64_t step = 300;
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  std::uint64_t count = 0;
  {
    const auto log = open_with_short_runs(directory);
    const auto append = [&](std::uint64_t events) {
      value_of(log->append(mileage_batch(count, events, 50)));
      count += events;
    };
    // How soon the rows of a run are written depends on the machine.
    while (indexed(directory).value < 3'000) {
      append(step);
      REQUIRE(count < 1'000 * step);
    }
    append(5);
    check_found(value_of(Reader::open(directory)), count, 50);
    check_found(log->reader(), count, 50);
    CHECK(value_of(log->append(mileage_batch(count - 5, 5, 50))).added == 0);
    CHECK(value_of(log->append(mileage_batch(0, 5, 50))).added == 0);
    CHECK(value_of(verify(directory, {})).differences == 0);
    // As a crash would leave it.
    value_of(log->sign_checkpoint());
    copy_running(directory, scratch.path() / "crashed");
  }
  CHECK(indexed(directory).value == count);
  CHECK(value_of(verify(directory, {})).differences == 0);
  const auto crashed = scratch.path() / "crashed";
  CHECK(value_of(open_log(crashed)->append(mileage_batch(0, count, 50))).added == 0);
  CHECK(indexed(crashed).value == count);
  CHECK(value_of(verify(crashed, {})).differences == 0);
}

TEST_CASE("index rows are written once their entries are durable, and not before") {
  const bool durable = GENERATE(false, true);
  CAPTURE(durable);
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  open_log(directory).reset();
  const auto batch = mileage_batch(0, 700, 9);
  const auto ledger = value_of(open_ledger(directory, Store::Mode::write));
  {
    Log::Options options;
    options.index_run_entries = 100;
    const auto sequencer = value_of(Sequencer::resume(*ledger, std::move(options), nullptr));
    sequencer->begin_group({&batch});
    value_of(sequencer->sequence(batch, {}));
    auto sealed = sequencer->seal_group();
    if (durable) {
      const auto written = ledger->store->write(std::move(sealed.writes));
      REQUIRE(written);
      sequencer->forget_first(Sequencer::Outcome::durable);
    }
    // Its end waits for a run that has begun.
  }
  CHECK(value_of(read_index_reach(*ledger->store)).value == (durable ? 700 : 0));
}

TEST_CASE("files of rows that a crash left behind are in nobody's way") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  {
    const auto log = open_log(directory);
    value_of(log->append(mileage_batch(0, 300, 5)));
  }
  const auto left = {directory / "db" / "idempotency.rows", directory / "db" / "streams.rows"};
  for (const auto& file : left) std::ofstream(file) << "half a file";
  CHECK(value_of(verify(directory, {})).differences == 0);
  {
    const auto log = open_log(directory);
    value_of(log->append(mileage_batch(300, 100, 5)));
  }
  for (const auto& file : left) CHECK_FALSE(std::filesystem::exists(file));
  CHECK(indexed(directory).value == 400);
  CHECK(value_of(verify(directory, {})).differences == 0);
  check_found(value_of(Reader::open(directory)), 400, 5);
}

TEST_CASE("a log whose index rows cannot be written loses nothing, and says so in time") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  std::uint64_t count = 0;
  const auto obstacle = directory / "db" / "streams.rows";
  {
    const auto log = open_with_short_runs(directory);
    std::filesystem::create_directories(obstacle / "not empty");
    SECTION("closed at once") {
      value_of(log->append(mileage_batch(0, 700, 9)));
      count = 700;
    }
    SECTION("in a long import") {
      constexpr std::uint64_t step = 300;
      auto appended = log->append(mileage_batch(0, step, 50));
      for (; appended; appended = log->append(mileage_batch(count, step, 50))) {
        count += step;
        REQUIRE(count < 1'000 * step);
      }
      CHECK(appended.error().code == ErrorCode::unavailable);
      CHECK(appended.error().message.en.find("streams.rows") != std::string::npos);
    }
  }
  CHECK(indexed(directory).value == 0);
  std::filesystem::remove_all(obstacle);
  CHECK(value_of(verify(directory, {})).differences == 0);
  CHECK(value_of(open_log(directory)->append(mileage_batch(0, 5, 50))).added == 0);
  CHECK(indexed(directory).value == count);
  check_found(value_of(Reader::open(directory)), count, count == 700 ? 9 : 50);
}

TEST_CASE("a batch that is refused leaves no row behind") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "ledger");
  value_of(log->append(mileage_batch(0, 3, 2)));
  auto clash = mileage_batch(10, 4, 2);
  test::add_line(clash, test::mileage_line("e1", 1, 999'999));
  CHECK_FALSE(log->append(clash));
  const auto after = value_of(log->append(mileage_batch(10, 4, 2)));
  CHECK(after.added == 4);
  CHECK(value_of(log->reader().stream(test::vehicle_subject(0))).size() +
            value_of(log->reader().stream(test::vehicle_subject(1))).size() ==
        7);
}

}  // namespace ledger
