// A component by itself gives what the whole log gives for its orders.
#include "projections/components.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "projections/excerpt.h"
#include "projections/models.h"
#include "projections/reach.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Printed = std::vector<std::string>;

Printed rows_of(const EventSource& source, ReadModel model, const Cut& cut) {
  const auto replay = Replay::run(source, cut, 1);
  REQUIRE(replay);
  auto printed = print_model(**replay, model);
  REQUIRE(printed);
  return (*printed).rows;
}

std::string text(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

Components components_of(const EventSource& source) {
  auto components = Components::of(source);
  REQUIRE(components);
  return *std::move(components);
}

// The unit that a row of `entitlements` or `clawbacks` belongs to.
std::optional<Unit> unit_of(const Components& components, const std::string& row) {
  const auto object = json::parse(row).as_object();
  const auto line = text(object, "line");
  const auto name = line.substr(0, line.rfind('/'));
  if (line.ends_with("/fine")) return components.unit_of(key_of(Entity::penalty, name));
  if (line.ends_with("/demo")) return components.unit_of(key_of(Entity::vehicle, name));
  return components.unit_of(key_of(Entity::order, name));
}

}  // namespace

TEST_CASE("a component alone gives the rows that the whole log gives for it", "[property]") {
  std::size_t rows = 0;
  std::size_t several = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    const auto components = components_of(source);
    if (components.with_orders().size() > 1) ++several;
    for (const auto& cut : {Cut{}, Cut{{}, ledger::parse_date("2017-06-30")}}) {
      for (const auto model : {ReadModel::entitlements, ReadModel::clawbacks}) {
        std::map<Unit, Printed> expected;
        for (const auto& row : rows_of(source, model, cut)) {
          const auto unit = unit_of(components, row);
          REQUIRE(unit);
          CHECK(components.is_component(*unit));
          expected[*unit].push_back(row);
        }
        for (std::uint32_t number = 0; number < components.tables().components; ++number) {
          Reach reach(components);
          reach.add(Unit{number});
          const auto excerpt = Excerpt::of(source, reach.events());
          REQUIRE(excerpt);
          Printed own;
          for (auto& row : rows_of(*excerpt, model, cut)) {
            if (unit_of(components, row) == Unit{number}) own.push_back(std::move(row));
          }
          CHECK(own == expected[Unit{number}]);
          rows += own.size();
        }
      }
    }
  }
  CHECK(rows > 2'000);
  CHECK(several > 50);
}

TEST_CASE("components with orders come first, and every order has one", "[property]") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 100);
    const test::MemorySource source(lines);
    const auto components = components_of(source);
    std::set<Unit> with_orders;
    for (const auto& line : lines) {
      const auto event = json::parse(line).as_object();
      const auto order = text(event.at("data").as_object(), "order");
      if (order.empty()) continue;
      const auto unit = components.unit_of(key_of(Entity::order, order));
      REQUIRE(unit);
      CHECK(*unit < Unit{components.tables().with_orders});
      with_orders.insert(*unit);
    }
    CHECK(with_orders.size() == components.with_orders().size());
    CHECK_FALSE(components.unit_of(key_of(Entity::order, "O-none")));
  }
}

TEST_CASE("what an event bears on is where it is among the events", "[property]") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    const auto components = components_of(source);
    std::map<std::uint64_t, std::set<Unit>> borne_on;  // by index, from the tables
    for (std::uint32_t number = 0; number < components.tables().shared_end; ++number) {
      const Unit unit{number};
      std::set<Unit> bears_on{unit};
      if (!components.is_component(unit)) {
        const auto readers = components.readers(unit);
        bears_on = {readers.begin(), readers.end()};
      }
      for (const auto index : components.events(unit)) {
        borne_on[index].insert(bears_on.begin(), bears_on.end());
      }
    }
    REQUIRE(source.scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
      if (entry.type() == schema::Payload::EventVoided) return ledger::Ok{};
      CAPTURE(entry.index.value);
      Reach reach(components);
      reach.add(entry);
      CHECK(reach.components() == borne_on[entry.index.value]);
      const auto all = components.events_for_everything();
      CHECK(reach.everything() ==
            (std::find(all.begin(), all.end(), entry.index.value) != all.end()));
      return ledger::Ok{};
    }));
  }
}

}  // namespace projections
