// Where an event stands in the log breaks ties between events that have to do with one another
// (policy.md, G8), and does nothing else: events that share no id, not even by way of others, may
// stand in any order. Packs, calendars and bank lists bear on everything; between themselves they
// keep their order, and where they stand among the rest makes no difference either, since a
// version governs by its dates and by notice.
#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <set>

#include "projections/components.h"
#include "projections/explain.h"
#include "tests/support/dice.h"
#include "tests/support/history_count.h"
#include "tests/support/memory_source.h"
#include "tests/support/printed_models.h"
#include "tests/support/random_history.h"
#include "tests/support/renamed_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Lines = std::vector<std::string>;
using Printed = test::PrintedModels;

// Events that keep their order among themselves, by the number of their group.
using Groups = std::map<std::uint32_t, Lines>;

// All events, in an order that the dice make but for that of each group.
Lines interleaved(const Groups& groups, test::Dice& dice) {
  std::vector<std::uint32_t> order;
  for (const auto& [group, lines] : groups) order.insert(order.end(), lines.size(), group);
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1], order[static_cast<std::size_t>(dice.below(static_cast<int>(left)))]);
  }
  std::map<std::uint32_t, std::size_t> next;
  Lines lines;
  for (const auto group : order) lines.push_back(groups.at(group)[next[group]++]);
  return lines;
}

// Why every line, fine and demo car comes to what it does.
Lines explained(const EventSource& source) {
  const auto replay = Replay::run(source, Cut{}, 1);
  REQUIRE(replay);
  Lines trees;
  for (const auto model : {ReadModel::entitlements, ReadModel::clawbacks}) {
    const auto printed = print_model(**replay, model);
    REQUIRE(printed);
    for (const auto& row : (*printed).rows) {
      const auto line = std::string(json::parse(row).as_object().at("line").as_string());
      auto tree = explain(**replay, line);
      REQUIRE(tree);
      trees.push_back(*std::move(tree));
    }
  }
  return trees;
}

Printed everything_of(const Lines& lines) {
  const test::MemorySource source(lines);
  auto printed = test::print_all(source, Cut{}, 1);
  printed["explain"] = explained(source);
  return test::placeless(std::move(printed));
}

// Adds `lines` to the groups: what is everybody's, with its voids, to one, the rest to another.
void share_out(const Lines& lines, std::uint32_t own, std::uint32_t everybody, Groups& groups) {
  std::set<std::string> voids;  // the subjects of those
  for (const auto& line : lines) {
    const auto event = json::parse(line).as_object();
    const auto text = [&](const char* key) { return std::string(event.at(key).as_string()); };
    const bool of_everybody = test::is_of_everybody(text("type"));
    if (of_everybody) voids.insert("event/" + text("source") + "#" + text("id"));
    groups[of_everybody || voids.contains(text("subject")) ? everybody : own].push_back(line);
  }
}

// Which events are of one unit (components.h), by its number: those of a component, those of a
// dealer or credit code, those for everything. An authorisation makes a dealer and its credit
// code one. What no rule of a line reads is alone but for its voids.
class UnitGroups {
 public:
  UnitGroups(const EventSource& source, std::size_t size) : group_of_(size) {
    std::iota(group_of_.begin(), group_of_.end(), 0U);
    const auto components = Components::of(source);
    REQUIRE(components);
    for (std::uint32_t unit = 0; unit < (*components).tables().shared_end; ++unit) {
      join((*components).events(Unit{unit}));
    }
    join((*components).events_for_everything());
    with_orders_ = (*components).tables().with_orders;
  }

  std::uint32_t with_orders() const { return with_orders_; }

  Groups groups(const Lines& lines) {
    std::map<std::string, std::size_t> at;  // by source and id
    Groups groups;
    for (std::size_t index = 0; index < lines.size(); ++index) {
      const auto event = json::parse(lines[index]).as_object();
      at[json::serialize(event.at("source")) + json::serialize(event.at("id"))] = index;
      if (event.at("type") != "event.voided") continue;
      const auto& data = event.at("data").as_object();
      const auto target = at.find(json::serialize(data.at("target_source")) +
                                  json::serialize(data.at("target_id")));
      REQUIRE(target != at.end());
      join(index, target->second);
    }
    for (std::size_t index = 0; index < lines.size(); ++index) {
      groups[root(static_cast<std::uint32_t>(index))].push_back(lines[index]);
    }
    return groups;
  }

 private:
  std::uint32_t root(std::uint32_t event) const {
    while (group_of_[event] != event) event = group_of_[event];
    return event;
  }

  void join(std::size_t a, std::size_t b) {
    group_of_[root(static_cast<std::uint32_t>(a))] = root(static_cast<std::uint32_t>(b));
  }

  void join(std::span<const std::uint32_t> events) {
    for (const auto event : events) join(event, events.front());
  }

  std::vector<std::uint32_t> group_of_;  // a forest
  std::uint32_t with_orders_ = 0;
};

}  // namespace

TEST_CASE("events that share no id may stand in any order", "[property]") {
  std::size_t moved = 0;
  for (unsigned long seed = 0; seed < test::history_count(150); ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto lines = test::random_history(seed, 60 + static_cast<int>(seed % 60));
    const auto others = test::renamed_history(test::random_history(seed + 500'000, 60));
    Groups groups;
    constexpr std::uint32_t everybody = 0;
    share_out(lines, 1, everybody, groups);
    groups[2] = others;

    auto in_turn = groups.at(everybody);
    for (const std::uint32_t own : {1U, 2U}) {
      in_turn.insert(in_turn.end(), groups.at(own).begin(), groups.at(own).end());
    }
    const auto wanted = everything_of(in_turn);
    for (int round = 0; round < 3; ++round) {
      const auto other_order = interleaved(groups, dice);
      if (other_order != in_turn) ++moved;
      test::check_same_models(everything_of(other_order), wanted, other_order);
    }
  }
  CHECK(moved > 100);
}

TEST_CASE("for lines, events of different units may stand in any order", "[property]") {
  std::size_t moved = 0, several = 0;
  const auto lines_of = [](const Lines& history) {
    auto all = everything_of(history);
    Printed printed;
    for (const auto* model : {"entitlements", "clawbacks", "explain"}) {
      printed[model] = std::move(all.at(model));
    }
    return printed;
  };
  for (unsigned long seed = 0; seed < test::history_count(300); ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto history = test::random_history(seed, 60 + static_cast<int>(seed % 60));
    UnitGroups units(test::MemorySource(history), history.size());
    if (units.with_orders() > 1) ++several;
    const auto other_order = interleaved(units.groups(history), dice);
    if (other_order != history) ++moved;
    test::check_same_models(lines_of(other_order), lines_of(history), other_order);
  }
  CHECK(moved > 200);
  CHECK(several > 50);
}

}  // namespace projections
