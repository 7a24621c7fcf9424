// A voided event equals one that never was. Three things tell them apart, and are meant to: an
// over of an order says whether a correction caused it (`correction_fen`) or nobody's later act
// did (`ineligible_fen`); the void is itself an event, whose date may move the as-of date by which
// deadlines are judged, unless --effective-at sets it; and events stand elsewhere in the log.
#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/support/dice.h"
#include "tests/support/history_count.h"
#include "tests/support/memory_source.h"
#include "tests/support/printed_models.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Lines = std::vector<std::string>;
using Printed = test::PrintedModels;

json::object parsed(const std::string& line) {
  return json::parse(line).as_object();
}

std::string key_of(const json::object& event) {
  return json::serialize(event.at("source")) + json::serialize(event.at("id"));
}

// The source and id of what a void voids; nothing for other events.
std::string target_of(const json::object& event) {
  if (event.at("type") != "event.voided") return {};
  const auto& data = event.at("data").as_object();
  return json::serialize(data.at("target_source")) + json::serialize(data.at("target_id"));
}

std::string void_of(const json::object& event, const json::value& time, int number) {
  const auto source = std::string(event.at("source").as_string());
  const auto id = std::string(event.at("id").as_string());
  const json::object made = {{"specversion", "1.0"},
                             {"id", "void-" + std::to_string(number)},
                             {"source", "hq/corrections"},
                             {"type", "event.voided"},
                             {"subject", "event/" + source + "#" + id},
                             {"time", time},
                             {"recordedtime", time},
                             {"data",
                              {{"target_source", source},
                               {"target_id", id},
                               {"reason", "误录"},
                               {"evidence", json::array()}}}};
  return json::serialize(made);
}

// A history with some events voided, and the one in which they and their voids never were.
struct Corrected {
  Lines voided, never;
};

bool may_be_voided(const json::object& event) {
  return event.at("type") != "event.voided" && event.at("type") != "policy.published";
}

Corrected correct(const Lines& lines, test::Dice& dice) {
  Corrected corrected{lines, {}};
  const auto any_line = [&] {
    return static_cast<std::size_t>(dice.below(static_cast<int>(lines.size())));
  };
  std::vector<std::string> targets;
  for (int left = dice.between(1, 4); left > 0; --left) {
    const auto& line = lines[any_line()];
    const auto event = parsed(line);
    if (!may_be_voided(event)) continue;
    targets.push_back(key_of(event));
    // Anywhere behind its target, dated on the day of any event or after them all.
    const auto when = dice.percent(15) ? json::value("2018-12-31T10:00:00+08:00")
                                       : parsed(lines[any_line()]).at("time");
    auto& into = corrected.voided;
    const auto after = std::find(into.begin(), into.end(), line) + 1;
    const auto place = after + dice.below(static_cast<int>(into.end() - after) + 1);
    into.insert(place, void_of(event, when, left));
  }
  const auto is_target = [&](const std::string& key) {
    return std::find(targets.begin(), targets.end(), key) != targets.end();
  };
  for (const auto& line : lines) {
    const auto event = parsed(line);
    if (!is_target(key_of(event)) && !is_target(target_of(event))) corrected.never.push_back(line);
  }
  return corrected;
}

// Takes the causes that only the record of a correction can tell apart for one.
void merge_causes(Printed& printed) {
  for (auto& row : printed.at("clawbacks")) {
    auto line = parsed(row);
    if (!line.contains("correction_fen")) continue;
    line["correction_fen"] =
        line.at("correction_fen").as_int64() + line.at("ineligible_fen").as_int64();
    line.erase("ineligible_fen");
    row = json::serialize(line);
  }
}

// Leaves out what is judged at the as-of date.
void leave_out_states(Printed& printed) {
  for (const auto* model : {"filings", "obligations"}) {
    for (auto& row : printed.at(model)) {
      auto object = parsed(row);
      object.erase("state");
      object.erase("missed_progress");
      row = json::serialize(object);
    }
  }
}

// A void may itself have been recorded late, which changes the ranks of the others.
void leave_out_voids(Printed& printed) {
  std::vector<std::string> kept;
  for (const auto& row : printed.at("late")) {
    auto object = parsed(row);
    if (object.at("type") == "event.voided") continue;
    object.erase("rank");
    kept.push_back(json::serialize(object));
  }
  printed.at("late") = kept;
}

std::optional<ledger::Date> as_of(const EventSource& source) {
  const auto replay = Replay::run(source, Cut{}, 1);
  REQUIRE(replay);
  return (*replay)->as_of();
}

ledger::Date day_of(const std::string& line) {
  const auto event = parsed(line);
  const auto time = ledger::parse_timestamp(std::string_view(event.at("time").as_string()));
  REQUIRE(time);
  return ledger::business_date(time->ns);
}

}  // namespace

TEST_CASE("voiding an event equals never having had it", "[property]") {
  std::size_t changed = 0, corrections = 0, dated = 0;
  for (unsigned long seed = 0; seed < test::history_count(400); ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto lines = test::random_history(seed, 60 + static_cast<int>(seed % 60));
    const auto corrected = correct(lines, dice);
    const test::MemorySource voided(corrected.voided);
    const test::MemorySource never(corrected.never);

    auto got = test::print_all(voided, Cut{}, 1);
    auto wanted = test::print_all(never, Cut{}, 1);
    if (got != test::print_all(test::MemorySource(lines), Cut{}, 1)) ++changed;
    if (got.at("clawbacks") != wanted.at("clawbacks")) ++corrections;
    for (auto* printed : {&got, &wanted}) {
      *printed = test::placeless(*printed);
      merge_causes(*printed);
      if (as_of(voided) != as_of(never)) leave_out_states(*printed);
    }
    if (as_of(voided) != as_of(never)) ++dated;
    test::check_same_models(got, wanted, corrected.voided);

    // At a date, the as-of date is that date, and the desks have nothing to add.
    const Cut cut{{}, day_of(dice.pick(lines))};
    got = test::placeless(test::print_all(voided, cut, 1));
    wanted = test::placeless(test::print_all(never, cut, 1));
    merge_causes(got);
    merge_causes(wanted);
    test::check_same_models(got, wanted, corrected.voided);
    const Lines dealers = {"D1", "D2", "D3"};
    got = test::placeless(test::print_desks(voided, cut, dealers));
    wanted = test::placeless(test::print_desks(never, cut, dealers));
    leave_out_voids(got);
    leave_out_voids(wanted);
    test::check_same_models(got, wanted, corrected.voided);
  }
  // The histories reach what the property is about.
  CHECK(changed > 100);
  CHECK(corrections > 5);
  CHECK(dated > 5);
}

}  // namespace projections
