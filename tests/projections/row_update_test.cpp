// Rows of a smaller log, brought up to date with what was appended since, are those of a replay.
#include "projections/row_update.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "cli/generate/history.h"
#include "projections/component_scan.h"
#include "projections/json.h"
#include "projections/row_name.h"
#include "tests/support/dice.h"
#include "tests/support/memory_source.h"
#include "tests/support/plain_history.h"
#include "tests/support/random_history.h"
#include "tests/support/renamed_history.h"
#include "tests/support/scenario.h"

namespace projections {
namespace {

using Rows = std::vector<std::string>;

Answer replayed(ReadModel model, const Replay& replay) {
  auto rows = print_model(replay, model);
  REQUIRE(rows);
  return answer_of(*std::move(rows), replay.source().size(), replay.as_of());
}

std::unique_ptr<Replay> replay_of(const EventSource& view) {
  auto replay = Replay::run(view, {}, 1);
  REQUIRE(replay);
  return *std::move(replay);
}

Rows texts(const Answer& answer) {
  return {answer.rows.begin(), answer.rows.end()};
}

void check_same(const Answer& got, const Answer& wanted) {
  CHECK(texts(got) == texts(wanted));
  CHECK(got.valid_until == wanted.valid_until);
  CHECK(got.overflows == wanted.overflows);
  CHECK(got.size == wanted.size);
  CHECK(got.as_of == wanted.as_of);
}

// What became of the rows of one model.
struct Tally {
  std::size_t updates = 0, stayed = 0, renewed = 0, replays = 0;
};

// Answers of all models of a log that grows, each continued from the one before.
class Growing {
 public:
  void grow(const EventSource& view, const Components& components) {
    const auto replay = replay_of(view);
    for (const auto model : read_models) {
      CAPTURE(name_of(model), view.size().value);
      auto wanted = replayed(model, *replay);
      auto& answers = answers_[model];
      if (answers.empty()) {
        answers.push_back(std::move(wanted));
        continue;
      }
      auto updated = update_rows(model, answers.back(), view, components, {});
      REQUIRE(updated);
      auto& tally = tallies_[model];
      if (!*updated) {
        ++tally.replays;
        answers.push_back(std::move(wanted));
        continue;
      }
      check_same(**updated, wanted);
      ++tally.updates;
      count(**updated, tally);
      // The rows that stayed point into the answers before.
      answers.push_back(*std::move(*updated));
    }
  }

  const std::map<ReadModel, Tally>& tallies() const { return tallies_; }

  // The answers of another log follow.
  void restart() { answers_.clear(); }

 private:
  static void count(const Answer& answer, Tally& tally) {
    for (const auto row : answer.rows) {
      const bool renewed = std::any_of(answer.printed.begin(), answer.printed.end(),
                                       [&](const auto& own) { return own.data() == row.data(); });
      ++(renewed ? tally.renewed : tally.stayed);
    }
  }

  std::map<ReadModel, std::vector<Answer>> answers_;
  std::map<ReadModel, Tally> tallies_;
};

std::shared_ptr<const ComponentTables> scan(const EventSource& source) {
  auto tables = scan_components(source);
  REQUIRE(tables);
  return *std::move(tables);
}

// Two histories that share policies and nothing else, told in turns: what comes of one leaves the
// rows of the other.
std::vector<std::string> two_histories(std::uint64_t seed) {
  test::Dice dice(seed);
  const auto ours = test::random_history(seed, 70);
  const auto others = test::renamed_history(test::random_history(seed + 500'000, 70));
  std::vector<std::string> told;
  auto one = ours.begin();
  auto other = others.begin();
  while (one != ours.end() || other != others.end()) {
    for (auto turn = dice.between(1, 12); turn > 0 && one != ours.end(); --turn) {
      told.push_back(*one++);
    }
    for (auto turn = dice.between(1, 12); turn > 0 && other != others.end(); --turn) {
      told.push_back(*other++);
    }
  }
  return told;
}

}  // namespace

TEST_CASE("rows continued event by event are those of a replay at each size", "[property]") {
  Growing growing;
  for (std::uint64_t seed = 300; seed < 345; ++seed) {
    test::Dice dice(seed);
    const test::MemorySource whole(two_histories(seed));
    const auto size = static_cast<int>(whole.size().value);
    const auto of_whole = scan(whole);
    growing.restart();
    for (int known = dice.below(size / 2); known <= size; known += dice.between(1, 9)) {
      CAPTURE(seed);
      const auto view = whole.first(static_cast<std::size_t>(known));
      // Of a shorter log, of the view, of a longer one: it must be all one.
      auto tables = of_whole;
      if (dice.percent(60)) {
        const auto told = dice.percent(50) ? known : dice.below(known + 1);
        tables = scan(whole.first(static_cast<std::size_t>(told)));
      }
      auto components = Components::of(tables, view);
      REQUIRE(components);
      if (!*components) components = std::optional(*Components::of(view));
      growing.grow(view, **components);
    }
  }
  for (const auto& [model, tally] : growing.tallies()) {
    CAPTURE(name_of(model), tally.updates, tally.stayed, tally.renewed, tally.replays);
    CHECK(tally.updates > 200);
    CHECK(tally.renewed > 50);
    CHECK(tally.stayed > 100);
  }
}

TEST_CASE("rows of a national history are continued at a cost that goes by what was appended",
          "[property]") {
  std::vector<std::string> lines;
  cli::generate::generate_history({6'000, 3},
                                  [&](std::string_view line) { lines.emplace_back(line); });
  const test::MemorySource whole(lines);
  const auto components = Components::of(whole);
  REQUIRE(components);
  const auto replay = replay_of(whole);
  for (const std::size_t known : {4'000U, 5'700U, 5'960U, 5'999U}) {
    const auto view = whole.first(known);
    const auto before = replay_of(view);
    for (const auto model : read_models) {
      CAPTURE(name_of(model), known);
      const auto kept = replayed(model, *before);
      const auto updated = update_rows(model, kept, whole, *components, {});
      REQUIRE(updated);
      REQUIRE(*updated);
      check_same(**updated, replayed(model, *replay));
      if (known > 5'990) CHECK((*updated)->replayed < 2'000);
      // A bound below that is kept to.
      const auto bounded = update_rows(model, kept, whole, *components, {1, 3});
      REQUIRE(bounded);
      CHECK_FALSE(*bounded);
    }
  }
}

TEST_CASE("a demo car is judged by the books of who approved it, whoever's books changed") {
  const auto files = test::scenarios();
  const auto demos = std::find_if(files.begin(), files.end(), [](const auto& file) {
    return file.filename() == "11-demos.jsonl";
  });
  REQUIRE(demos != files.end());
  auto lines = test::read_lines(*demos);
  test::PlainHistory later;
  // Approved for D01.
  later.tell("demo.documents_sent", "2020-12-01",
             {{"vin", "LFBED21AXHA011001"}, {"dealer", "D03"}});
  later.tell("setoff.applied", "2020-12-01",
             {{"dealer", "D03"}, {"invoice", "I9"}, {"amount_fen", 100}});
  lines.insert(lines.end(), later.lines().begin(), later.lines().end());
  const test::MemorySource whole(lines);
  const auto before = whole.first(lines.size() - 1);
  const auto kept = replayed(ReadModel::demos, *replay_of(before));
  REQUIRE(texts(kept).back().find(R"("dealer":"D03","eligible":true)") != std::string::npos);
  const auto components = Components::of(whole);
  REQUIRE(components);
  const auto updated = update_rows(ReadModel::demos, kept, whole, *components, {});
  REQUIRE(updated);
  REQUIRE(*updated);
  CHECK_FALSE((*updated)->printed.empty());
  check_same(**updated, replayed(ReadModel::demos, *replay_of(whole)));
}

TEST_CASE("rows judged as of a date that went back are printed anew") {
  auto lines = test::read_lines(test::scenarios().front());
  test::PlainHistory later;
  // By 2019 everything is overdue; then that event turns out never to have been.
  const auto last = later.tell("customer.registered", "2019-01-01",
                               {{"customer", "C99"}, {"name", "N"}, {"class", "enterprise"}});
  later.void_event(last, "2017-05-01");
  lines.insert(lines.end(), later.lines().begin(), later.lines().end());
  const test::MemorySource whole(lines);
  const auto before = whole.first(lines.size() - 1);
  const auto components = Components::of(whole);
  REQUIRE(components);
  const auto replay_before = replay_of(before);
  const auto replay = replay_of(whole);
  REQUIRE(replay->as_of() < replay_before->as_of());
  for (const auto model : read_models) {
    CAPTURE(name_of(model));
    const auto kept = replayed(model, *replay_before);
    const auto updated = update_rows(model, kept, whole, *components, {});
    REQUIRE(updated);
    CHECK(updated->has_value() == kept.valid_until.empty());
    if (*updated) check_same(**updated, replayed(model, *replay));
  }
}

TEST_CASE("a row tells its entity and its place whatever its ids hold") {
  const std::vector<std::string> names{"a",           "a!",      "a/b",  "a\"",    "a\\",
                                       "a\n\t\r\b\f", "a\x01z",  "订单", "a/fine", "",
                                       R"(a","b":")", "a\\u0041"};
  for (const auto& name : names) {
    CAPTURE(name);
    std::string quoted;
    append_quoted(name, quoted);
    std::string_view from = quoted;
    CHECK(take_quoted(from) == name);
    CHECK(from.empty());

    const auto row_of = [](const std::string& key, const std::string& text) {
      std::string row;
      JsonObject(row).text(key, text).text("dealer", "D1").close();
      return row;
    };
    const auto line = [&](const char* kind) {
      return row_of("line", std::string(name).append("/").append(kind));
    };
    CHECK(entity_of(ReadModel::entitlements, line("standard")) == key_of(Entity::order, name));
    CHECK(entity_of(ReadModel::clawbacks, line("fine")) == key_of(Entity::penalty, name));
    CHECK(entity_of(ReadModel::clawbacks, line("demo")) == key_of(Entity::vehicle, name));
    CHECK(entity_of(ReadModel::rebates, row_of("dealer", name)) == key_of(Entity::books, name));
    CHECK(entity_of(ReadModel::bills, row_of("bill", name)) == key_of(Entity::bill, name));
    std::string obligation;
    JsonObject(obligation).text("obligation", "progress").text("subject", "filing/" + name).close();
    CHECK(entity_of(ReadModel::obligations, obligation) == key_of(Entity::filing, name));
    for (const auto& other : names) {
      if (name == other) continue;
      CHECK(printed_before(ReadModel::bills, row_of("bill", name), row_of("bill", other)) ==
            (name < other));
    }
    // What is no row is read without harm.
    for (std::size_t length = 0; length < obligation.size(); ++length) {
      static_cast<void>(entity_of(ReadModel::obligations, obligation.substr(0, length)));
      static_cast<void>(
          printed_before(ReadModel::obligations, obligation.substr(0, length), obligation));
    }
  }
}

}  // namespace projections
