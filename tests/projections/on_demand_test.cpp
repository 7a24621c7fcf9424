// A question about a part, answered from that part, gets what a replay of everything says:
// whether the components come of the events, of tables kept from earlier with what was appended
// since, of those of a longer log, or of a file that something has happened to.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "ledger/codec.h"
#include "projections/asked.h"
#include "projections/component_cache.h"
#include "projections/component_scan.h"
#include "projections/explain.h"
#include "projections/models.h"
#include "tests/projections/kept_file.h"
#include "tests/support/admitting_ledger.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Rows = std::vector<std::string>;

struct Filter {
  ReadModel model;
  std::string key, value;
};

// The filters that rows of each model can be chosen by and that cost less than everything.
const std::map<ReadModel, std::vector<std::string>>& filter_keys() {
  static const std::map<ReadModel, std::vector<std::string>> keys{
      {ReadModel::entitlements, {"dealer", "customer", "order"}},
      {ReadModel::clawbacks, {"dealer", "order"}},
      {ReadModel::balances, {"dealer"}},
      {ReadModel::filings, {"dealer", "customer"}},
      {ReadModel::targets, {"dealer"}},
      {ReadModel::bills, {"dealer"}},
      {ReadModel::rebates, {"dealer"}},
      {ReadModel::demos, {"dealer"}}};
  return keys;
}

Rows print(const Replay& replay, ReadModel model) {
  auto printed = print_model(replay, model);
  REQUIRE(printed);
  return std::move((*printed).rows);
}

std::string text(const std::string& row, const std::string& key) {
  const auto object = json::parse(row).as_object();
  const auto* value = object.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

Rows with(const Rows& rows, const Filter& filter) {
  Rows kept;
  for (const auto& row : rows) {
    if (text(row, filter.key) == filter.value) kept.push_back(row);
  }
  return kept;
}

Asked asked_by(const Filter& filter) {
  Asked asked;
  if (filter.key == "order") asked.order = filter.value;
  if (filter.key == "customer") asked.customer = filter.value;
  if (filter.key == "dealer") asked.dealer = filter.value;
  return asked;
}

// All that can be asked of a view, with the answers of a replay of everything.
class Answers {
 public:
  Answers(const EventSource& view, const Cut& cut) : view_(view), cut_(cut) {
    const auto replay = Replay::run(view, cut, 1);
    REQUIRE(replay);
    for (const auto& [model, keys] : filter_keys()) {
      const auto rows = print(**replay, model);
      for (const auto& key : keys) {
        std::set<std::string> values{"nobody"};
        for (const auto& row : rows) values.insert(text(row, key));
        for (const auto& value : values) {
          const Filter filter{model, key, value};
          if (!value.empty()) expected_.emplace_back(filter, with(rows, filter));
        }
      }
    }
    for (const auto& row : print(**replay, ReadModel::clawbacks)) lines_.insert(text(row, "line"));
    for (const auto& row : print(**replay, ReadModel::entitlements)) {
      lines_.insert(text(row, "line"));
    }
    for (const auto& line : lines_) {
      const auto derivation = explain(**replay, line);
      REQUIRE(derivation);
      derivations_[line] = *derivation;
    }
  }

  std::size_t rows() const { return rows_; }

  // Events replayed for a filter, of those there are; the mean in per cent.
  std::size_t share() const { return questions_ == 0 ? 0 : per_cent_ / questions_; }

  // Asks for everything, whatever comes of it.
  void gather(const Components& components) const {
    for (const auto& [filter, rows] : expected_) {
      static_cast<void>(replay_for(asked_by(filter), view_, components, cut_, 1));
    }
  }

  void check(const Components& components) {
    for (const auto& [filter, rows] : expected_) {
      CAPTURE(name_of(filter.model), filter.key, filter.value);
      const auto part = replay_for(asked_by(filter), view_, components, cut_, 1);
      REQUIRE(part);
      REQUIRE(*part);
      CHECK(with(print(*(*part)->replay, filter.model), filter) == rows);
      rows_ += rows.size();
      ++questions_;
      per_cent_ += (*part)->events->entries().size() * 100 / view_.size().value;
    }
    for (const auto& [line, derivation] : derivations_) {
      CAPTURE(line);
      Asked asked;
      asked.line = line;
      const auto part = replay_for(asked, view_, components, cut_, 1);
      REQUIRE(part);
      REQUIRE(*part);
      const auto own = explain(*(*part)->replay, line);
      REQUIRE(own);
      CHECK(*own == derivation);
    }
  }

 private:
  const EventSource& view_;
  Cut cut_;
  std::vector<std::pair<Filter, Rows>> expected_;
  std::set<std::string> lines_;
  std::map<std::string, std::string> derivations_;
  std::size_t rows_ = 0, questions_ = 0, per_cent_ = 0;
};

std::shared_ptr<const ComponentTables> scan(const EventSource& source) {
  auto tables = scan_components(source);
  REQUIRE(tables);
  return *std::move(tables);
}

// A unit by what is said of it, whatever its number: its events, and those of what it reads or
// is read by.
using Told = std::set<std::pair<std::vector<std::uint32_t>, std::set<std::vector<std::uint32_t>>>>;

std::vector<std::uint32_t> events_of(const Components& components, Unit unit) {
  const auto events = components.events(unit);
  return {events.begin(), events.end()};
}

Told told_of(const Components& components) {
  Told told;
  for (const auto component : components.with_orders()) {
    std::set<std::vector<std::uint32_t>> reads;
    for (const auto unit : components.reads(component)) reads.insert(events_of(components, unit));
    told.emplace(events_of(components, component), reads);
  }
  for (const auto shared : components.shared()) {
    std::set<std::vector<std::uint32_t>> readers;
    for (const auto unit : components.readers(shared)) readers.insert(events_of(components, unit));
    told.emplace(events_of(components, shared), readers);
  }
  return told;
}

}  // namespace

TEST_CASE("what is asked of a part, the part answers as the whole does", "[property]") {
  std::size_t rows = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    for (const auto& cut : {Cut{}, Cut{{}, ledger::parse_date("2017-06-30")}}) {
      Answers answers(source, cut);
      const auto components = Components::of(source);
      REQUIRE(components);
      answers.check(*components);
      rows += answers.rows();
      CHECK(answers.share() < 90);
    }
  }
  CHECK(rows > 1'500);
}

TEST_CASE("tables of a shorter log and what was appended since answer as the whole does",
          "[property]") {
  std::size_t continued = 0;
  for (std::uint64_t seed = 100; seed < 125; ++seed) {
    const test::MemorySource source(test::random_history(seed, 100));
    Answers answers(source, {});
    const auto anew = Components::of(source);
    REQUIRE(anew);
    const auto size = static_cast<std::size_t>(source.size().value);
    for (const auto known : {std::size_t{0}, size / 4, size / 2, size - 9, size - 1, size}) {
      CAPTURE(seed, known);
      const auto components = Components::of(scan(source.first(known)), source);
      REQUIRE(components);
      if (!*components) continue;
      ++continued;
      CHECK(told_of(**components) == told_of(*anew));
      CHECK((*components)->last_day() == anew->last_day());
      answers.check(**components);
    }
  }
  CHECK(continued > 100);
}

TEST_CASE("tables of a longer log answer for each size it has had", "[property]") {
  for (std::uint64_t seed = 200; seed < 215; ++seed) {
    const test::MemorySource source(test::random_history(seed, 100));
    const auto tables = scan(source);
    for (std::size_t known = 7; known < source.size().value; known += 23) {
      CAPTURE(seed, known);
      const auto view = source.first(known);
      Answers answers(view, {});
      const auto components = Components::of(tables, view);
      REQUIRE(components);
      REQUIRE(*components);
      const auto anew = Components::of(view);
      REQUIRE(anew);
      CHECK((*components)->last_day() == anew->last_day());
      answers.check(**components);
    }
  }
}

namespace {

void append(test::AdmittingLedger& ledger, const std::vector<std::string>& lines) {
  ledger.open();
  ledger::Encoder encoder;
  ledger::Batch batch;
  for (const auto& line : lines) REQUIRE_FALSE(encoder.add(line, batch));
  REQUIRE(ledger.log().append(batch));
  ledger.close();
}

ledger::Reader reader_of(const test::AdmittingLedger& ledger) {
  auto reader = ledger::Reader::open(ledger.directory());
  REQUIRE(reader);
  return *std::move(reader);
}

std::filesystem::path file_of(const test::AdmittingLedger& ledger) {
  return ledger.directory() / "cache" / "components";
}

// A ledger at its present size, with the answers it must give.
class Present {
 public:
  explicit Present(const test::AdmittingLedger& ledger)
      : reader_(reader_of(ledger)), source_(reader_), answers_(source_, {}) {}

  // Asks through a cache; says whether the answers came of its file.
  bool ask(const std::filesystem::path& cache) {
    bool from_file = false;
    const auto use = [&](const Components& components) -> ledger::Status {
      from_file = components.tables().file != nullptr;
      answers_.gather(components);
      // What a damaged file gives must not count.
      if (!components.damaged()) answers_.check(components);
      return ledger::Ok{};
    };
    const auto before = answers_.rows();
    REQUIRE(ComponentCache(cache, reader_).use(source_, JoinedBy::view, use));
    CHECK(answers_.rows() > before + 10);
    return from_file;
  }

 private:
  ledger::Reader reader_;
  LogSource source_;
  Answers answers_;
};

}  // namespace

TEST_CASE("what is kept is used, continued, and made anew when something happened to it") {
  const auto lines = test::random_history(7, 110);
  const auto half = lines.begin() + static_cast<std::ptrdiff_t>(lines.size() / 2);
  test::AdmittingLedger ledger("ledger.example/north");
  const auto cache = ledger.directory() / "cache";
  append(ledger, {lines.begin(), half});
  {
    Present present(ledger);
    CHECK_FALSE(present.ask(cache));  // the first question makes it
    REQUIRE(std::filesystem::exists(file_of(ledger)));
    CHECK(present.ask(cache));
  }
  const auto of_half = test::bytes_of_file(file_of(ledger));
  append(ledger, {half, lines.end()});
  Present present(ledger);
  CHECK(present.ask(cache));
  CHECK(test::bytes_of_file(file_of(ledger)) == of_half);

  std::filesystem::remove(file_of(ledger));
  CHECK_FALSE(present.ask(cache));
  const auto sound = test::bytes_of_file(file_of(ledger));
  CHECK(sound != of_half);
  const auto is_refused = [&](const std::string& bytes) {
    test::put(file_of(ledger), bytes);
    CHECK_FALSE(present.ask(cache));
    CHECK(test::bytes_of_file(file_of(ledger)) == sound);
  };

  SECTION("a file of another ledger is not taken for its own") {
    test::AdmittingLedger other("ledger.example/south");
    append(other, lines);
    test::put(file_of(other), sound);
    // Clocks of appending are among what is hashed.
    CHECK_FALSE(Present(other).ask(other.directory() / "cache"));
  }
  SECTION("nor one of a longer log than there is") {
    test::AdmittingLedger shorter("ledger.example/north");
    append(shorter, {lines.begin(), half});
    test::put(file_of(shorter), sound);
    CHECK_FALSE(Present(shorter).ask(shorter.directory() / "cache"));
  }
  SECTION("no bit of it can flip and change an answer") {
    test::flip_bits(sound, 300, 211, is_refused);
  }
  SECTION("nor can it lose its end, or get another") {
    test::change_length(sound, is_refused);
  }
  SECTION("what is sound and of another code, size or root is not used") {
    test::change_head(file_of(ledger), "tallycp1", {0, 64, 95, 96}, [&] {
      CHECK_FALSE(present.ask(cache));
      CHECK(test::bytes_of_file(file_of(ledger)) == sound);
    });
  }
  SECTION("a writer that was killed leaves nothing that is taken for it") {
    std::filesystem::remove(file_of(ledger));
    test::put(cache / "unfinished", sound.substr(0, sound.size() / 2));
    CHECK_FALSE(present.ask(cache));
    CHECK(test::bytes_of_file(file_of(ledger)) == sound);
  }
  SECTION("a folder that cannot be written is no error") {
    CHECK_FALSE(present.ask(cache / "missing"));
  }
}

}  // namespace projections
