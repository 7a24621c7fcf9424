// Then against now: what is new, late, corrected, found or ruled adds up to the difference.
#include "projections/then_and_now.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "projections/amounts.h"
#include "tests/support/dice.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Lines = std::vector<std::string>;

std::map<std::string, std::int64_t> entitled(const EventSource& source, const Cut& cut) {
  const auto replay = Replay::run(source, cut, 1);
  REQUIRE(replay);
  std::map<std::string, std::int64_t> by_line;
  for (const auto& amount : amounts_of(**replay).lines) {
    if (amount.entitled_fen) by_line[amount.line] = *amount.entitled_fen;
  }
  return by_line;
}

std::int64_t at(const std::map<std::string, std::int64_t>& amounts, const std::string& line) {
  const auto found = amounts.find(line);
  return found == amounts.end() ? 0 : found->second;
}

Shifts shifts(const EventSource& source, std::size_t then, const Cut& cut) {
  auto found = shifts_since(source, ledger::TreeSize{then}, cut, 1);
  REQUIRE(found);
  return *std::move(found);
}

std::int64_t ns_of(const json::object& event, const char* attribute) {
  return ledger::parse_timestamp(std::string_view(event.at(attribute).as_string()))->ns;
}

// The place of an event's cause in the order of the contract, told from its JSON.
std::size_t cause_of(const json::object& event, std::int64_t last_recorded_ns) {
  const std::string type(event.at("type").as_string());
  if (type == "event.voided") return 2;
  if (type.starts_with("finding.") || type.starts_with("appeal.")) return 3;
  if (type.starts_with("policy.")) return 4;
  return ns_of(event, "time") > last_recorded_ns ? 0 : 1;
}

}  // namespace

TEST_CASE("then against then is nothing", "[property]") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 90);
    const test::MemorySource source(lines);
    for (auto size = lines.size();; size /= 2) {
      CAPTURE(size);
      CHECK(shifts(source.first(size), size, Cut{}).lines.empty());
      CHECK(shifts(source.first(size), size, Cut{{}, ledger::parse_date("2017-06-30")})
                .lines.empty());
      if (size == 0) break;
    }
  }
}

TEST_CASE("each part is what its events add, and the parts add up", "[property]") {
  std::array<std::size_t, cause_count> met{};
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto lines = test::random_history(seed, 100);
    const test::MemorySource source(lines);
    const auto then = static_cast<std::size_t>(dice.between(1, static_cast<int>(lines.size())));
    CAPTURE(then);
    Cut cut;
    if (seed % 3 == 2) cut.effective_at = ledger::parse_date("2017-06-30");

    // Stage by stage, logs made from scratch of what is known and what has been applied.
    std::vector<json::object> events;
    std::int64_t last_recorded_ns = std::numeric_limits<std::int64_t>::min();
    for (const auto& line : lines) {
      events.push_back(json::parse(line).as_object());
      if (events.size() <= then) {
        last_recorded_ns = std::max(last_recorded_ns, ns_of(events.back(), "recordedtime"));
      }
    }
    std::vector<std::map<std::string, std::int64_t>> stages;
    for (std::size_t applied = 0; applied <= cause_count; ++applied) {
      Lines known;
      for (std::size_t index = 0; index < lines.size(); ++index) {
        if (index < then || cause_of(events[index], last_recorded_ns) < applied) {
          known.push_back(lines[index]);
        }
      }
      stages.push_back(entitled(test::MemorySource(known), cut));
    }

    const auto found = shifts(source, then, cut);
    std::map<std::string, std::int64_t> changed;
    for (const auto& shift : found.lines) {
      CAPTURE(shift.line);
      CHECK(shift.before_fen == at(stages.front(), shift.line));
      CHECK(shift.after_fen == at(stages.back(), shift.line));
      for (std::size_t cause = 0; cause < cause_count; ++cause) {
        CHECK(shift.parts_fen[cause] ==
              at(stages[cause + 1], shift.line) - at(stages[cause], shift.line));
        if (shift.parts_fen[cause] != 0) ++met[cause];
      }
      CHECK(std::accumulate(shift.parts_fen.begin(), shift.parts_fen.end(), std::int64_t{0}) ==
            shift.after_fen - shift.before_fen);
      changed[shift.line] = shift.after_fen;
    }
    for (const auto& [line, amount] : stages.back()) {
      CHECK(changed.contains(line) == (amount != at(stages.front(), line)));
    }
  }
  for (std::size_t cause = 0; cause < cause_count; ++cause) {
    CAPTURE(cause);
    CHECK((met[cause] > 0) == (static_cast<Cause>(cause) != Cause::code));
  }
}

}  // namespace projections
