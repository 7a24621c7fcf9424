#include "ledger/reader.h"

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <random>
#include <vector>

#include "ledger/codec.h"
#include "ledger/log.h"
#include "ledger/proof/frontier.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/tile.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

using test::open_log;
using ::test::Scratch;
using test::value_of;

// What the log should hold, kept the slow way.
struct Model {
  struct Row {
    std::string id;
    unsigned vehicle;
    bool mileage;
    std::int64_t time_ns;
    std::string bytes;
  };

  std::vector<Row> rows;

  std::vector<Sequence> selected(const Selection& selection) const {
    std::vector<Sequence> indexes;
    for (std::uint64_t index = selection.from.value;
         index < rows.size() && index < selection.to.value; ++index) {
      const auto& row = rows[index];
      const auto type =
          *type_of(row.mileage ? "vehicle.mileage_reported" : "vehicle.warranty_started");
      if (selection.types && !(*selection.types)[static_cast<std::size_t>(type)]) continue;
      if (selection.time_from && row.time_ns < *selection.time_from) continue;
      if (selection.time_to && row.time_ns >= *selection.time_to) continue;
      indexes.push_back({index});
    }
    return indexes;
  }
};

using Scan = Status (Reader::*)(const Selection&, const std::function<Status(const Entry&)>&) const;

// By one thread and by two.
std::vector<Sequence> scanned(const Reader& reader, const Selection& selection) {
  const auto indexes_of = [&](Scan scan) {
    std::vector<Sequence> indexes;
    CHECK((reader.*scan)(selection, [&](const Entry& entry) -> Status {
      indexes.push_back(entry.index);
      return Ok{};
    }));
    return indexes;
  };
  auto indexes = indexes_of(&Reader::scan);
  CHECK(indexes_of(&Reader::scan_ahead) == indexes);
  return indexes;
}

std::bitset<256> only(std::string_view name) {
  return std::bitset<256>().set(static_cast<std::size_t>(type_of(name).value()));
}

}  // namespace

TEST_CASE("a reader agrees with a naive model, whatever the batches", "[property][threads]") {
  const auto seed = GENERATE(range(1U, 6U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto below = [&random](unsigned limit) { return static_cast<unsigned>(random() % limit); };
  const Scratch scratch;
  Model model;
  auto log = open_log(scratch.path(), {.now_ns = test::ticking_clock()});
  while (model.rows.size() < 1'500) {
    Batch batch;
    const auto count = below(10) == 0 ? below(600) : below(5);
    for (unsigned added = 0; added < count; ++added) {
      const auto id = "e" + std::to_string(model.rows.size());
      const auto vehicle = below(40);
      const bool mileage = below(300) != 0;
      test::add_line(
          batch, mileage ? test::mileage_line(id, vehicle, 5) : test::warranty_line(id, vehicle));
      model.rows.push_back({id, vehicle, mileage, 0, {}});
    }
    value_of(log->append(batch));
    if (below(20) == 0) {
      log.reset();
      log = open_log(scratch.path(), {.now_ns = test::ticking_clock()});
    }
  }
  if (below(2) == 0) log.reset();
  const auto reader = log ? log->reader() : value_of(Reader::open(scratch.path()));
  REQUIRE(reader.size() == TreeSize{model.rows.size()});

  REQUIRE(reader.scan({}, [&](const Entry& entry) -> Status {
    auto& row = model.rows[entry.index.value];
    CHECK(entry.event->id()->str() == row.id);
    CHECK(entry.event->subject()->str() == test::vehicle_subject(row.vehicle));
    row.time_ns = entry.event->time()->ns();
    row.bytes = text_of(entry.bytes);
    return Ok{};
  }));

  for (int round = 0; round < 20; ++round) {
    Selection selection;
    selection.from = Sequence{below(1'600)};
    if (below(2) == 0) selection.to = TreeSize{below(1'600)};
    if (below(3) == 0) {
      selection.types =
          only(below(2) == 0 ? "vehicle.warranty_started" : "vehicle.mileage_reported");
    }
    if (below(3) == 0) selection.time_from = model.rows[below(1'000)].time_ns;
    if (below(3) == 0) selection.time_to = model.rows[below(1'000)].time_ns;
    CHECK(scanned(reader, selection) == model.selected(selection));
  }

  const auto view = reader.at(TreeSize{below(1'500)});
  for (unsigned vehicle = 0; vehicle < 41; ++vehicle) {
    std::vector<Sequence> expected;
    for (std::uint64_t index = 0; index < view.size().value; ++index) {
      if (model.rows[index].vehicle == vehicle) expected.push_back({index});
    }
    CHECK(value_of(view.stream(test::vehicle_subject(vehicle))) == expected);
  }

  proof::Frontier frontier;
  std::vector<Sequence> some;
  for (std::uint64_t index = 0; index < model.rows.size(); ++index) {
    if (below(150) == 0) CHECK(value_of(reader.at({index}).root()) == frontier.root());
    frontier.append(proof::hash_leaf(bytes_of(model.rows[index].bytes)));
    const auto found = value_of(view.find("dms/D001", model.rows[index].id));
    CHECK(found == (index < view.size().value ? std::optional(Sequence{index}) : std::nullopt));
    if (below(10) == 0) some.push_back({index});
  }
  CHECK(value_of(reader.root()) == frontier.root());

  std::vector<Sequence> read;
  CHECK(reader.read_each(some, [&](const Entry& entry) -> Status {
    read.push_back(entry.index);
    CHECK(text_of(entry.bytes) == model.rows[entry.index.value].bytes);
    return Ok{};
  }));
  CHECK(read == some);
}

TEST_CASE("what lies beyond a view is not found, and a visit's error ends a scan", "[threads]") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  for (unsigned from = 0; from < 12'000; from += 300) {
    value_of(log->append(test::mileage_batch(from, 300, 3)));
  }
  const auto view = log->reader().at({5});
  const auto beyond = view.read({5}, [](const Entry&) -> Status { return Ok{}; });
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().code == ErrorCode::not_found);
  CHECK(view.at({400}).size() == TreeSize{5});
  CHECK(value_of(view.find("dms/D001", "e5")) == std::nullopt);
  CHECK(scanned(view, {.from = {5}}).empty());

  // A second thread reads on while the first has had enough.
  for (const Scan scan : {&Reader::scan, &Reader::scan_ahead}) {
    for (const std::uint64_t wanted : {1U, 7U, 257U, 6'000U, 12'000U}) {
      std::uint64_t visited = 0;
      const auto ended = (log->reader().*scan)({}, [&](const Entry&) -> Status {
        if (++visited == wanted) return Error{ErrorCode::invalid, std::string("enough")};
        return Ok{};
      });
      REQUIRE_FALSE(ended);
      CHECK(ended.error().message.en == "enough");
      CHECK(visited == wanted);
    }
  }
}

TEST_CASE("a view keeps its size while the log grows under it") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  value_of(log->append(test::mileage_batch(0, 300, 3)));
  const auto view = log->reader();
  const auto root = value_of(view.root());
  value_of(log->append(test::mileage_batch(300, 70'000, 3)));
  CHECK(view.size() == TreeSize{300});
  CHECK(value_of(view.root()) == root);
  CHECK(value_of(view.stream(test::vehicle_subject(0))).size() == 100);
  CHECK(scanned(view, {}).size() == 300);
}

TEST_CASE("tiles are as wide as the view, stored or not") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  value_of(log->append(test::mileage_batch(0, 600, 3)));
  std::vector<Hash> leaves;
  const auto reader = log->reader();
  REQUIRE(reader.scan({}, [&](const Entry& entry) -> Status {
    leaves.push_back(proof::hash_leaf(entry.bytes));
    return Ok{};
  }));
  const auto part = [&](std::size_t begin, std::size_t end) {
    return std::vector<Hash>(leaves.begin() + static_cast<std::ptrdiff_t>(begin),
                             leaves.begin() + static_cast<std::ptrdiff_t>(end));
  };
  CHECK(value_of(reader.tile({0, 1})) == part(256, 512));
  CHECK(value_of(reader.tile({0, 2})) == part(512, 600));
  CHECK(value_of(reader.at({300}).tile({0, 1})) == part(256, 300));
  CHECK(value_of(reader.tile({1, 0})) ==
        std::vector<Hash>{proof::root_of(part(0, 256)), proof::root_of(part(256, 512))});
  CHECK_FALSE(reader.tile({0, 3}));
  CHECK_FALSE(reader.tile({2, 0}));
  CHECK_FALSE(reader.tile({9, 0}));
}

}  // namespace ledger
