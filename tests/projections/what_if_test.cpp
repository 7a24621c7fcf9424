// What would be: an overlay gives what a log that holds its events from the start gives.
#include "projections/what_if.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "ledger/codec.h"
#include "projections/supposed_pack.h"
#include "tests/support/dice.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"
#include "tests/support/random_pack.h"

namespace projections {
namespace {

namespace json = boost::json;

using Lines = std::vector<std::string>;

std::string key_of(const std::string& line) {
  const auto event = json::parse(line).as_object();
  return std::string(event.at("source").as_string())
      .append(1, '#')
      .append(event.at("id").as_string());
}

void exclude(OverlaySource& overlay, const std::string& key) {
  const auto hash = key.find('#');
  const auto index = overlay.find(key.substr(0, hash), key.substr(hash + 1));
  REQUIRE(index);
  REQUIRE(*index);
  overlay.exclude({**index});
}

void add(OverlaySource& overlay, const Lines& lines) {
  ledger::Encoder encoder;
  ledger::Batch batch;
  for (const auto& line : lines) REQUIRE_FALSE(encoder.add(line, batch));
  const auto added = overlay.add(batch);
  if (!added) FAIL(added.error().message.en);
}

Amounts amounts(const EventSource& source, const Cut& cut = {}) {
  const auto replay = Replay::run(source, cut, 1);
  REQUIRE(replay);
  return amounts_of(**replay);
}

std::string printed(const std::vector<ChangedLine>& changes) {
  std::string text;
  for (const auto& change : changes) {
    append_changed(change, text);
    text += '\n';
  }
  return text;
}

std::string printed(const EventSource& base, const OverlaySource& overlay, const Cut& cut = {}) {
  const auto components = Components::of(base);
  REQUIRE(components);
  const auto changes = what_if(base, *components, overlay, cut, 1);
  REQUIRE(changes);
  CHECK((*changes).overflows.empty());
  return printed((*changes).lines);
}

// What two whole replays of logs made from scratch differ in.
std::string brute_force(const EventSource& before, const Lines& after, const Cut& cut = {}) {
  return printed(changed_lines(amounts(before, cut), amounts(test::MemorySource(after), cut)));
}

}  // namespace

TEST_CASE("an overlay of nothing changes nothing", "[property]") {
  std::size_t repeated = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 90);
    const test::MemorySource base(lines);
    const OverlaySource nothing(base);
    CHECK(printed(base, nothing).empty());
    // Nor where everything is replayed, nor by what stands there already.
    const auto all_over = what_if_all_over(base, nothing, {}, 1);
    REQUIRE(all_over);
    CHECK((*all_over).lines.empty());
    OverlaySource again(base);
    add(again, lines);
    CHECK(again.added_count() == 0);
    CHECK(printed(base, again).empty());
    repeated += lines.size();
  }
  CHECK(repeated > 1'000);
}

TEST_CASE("leaving events out equals never having had them", "[property]") {
  std::size_t changed = 0;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto lines = test::random_history(seed, 90);
    const test::MemorySource base(lines);
    for (int round = 0; round < 4; ++round) {
      OverlaySource overlay(base);
      auto rest = lines;
      for (int out = dice.between(1, 3); out > 0; --out) {
        const auto at = dice.below(static_cast<int>(rest.size()));
        exclude(overlay, key_of(rest[static_cast<std::size_t>(at)]));
        rest.erase(rest.begin() + at);
      }
      const auto would = printed(base, overlay);
      CHECK(would == brute_force(base, rest));
      if (!would.empty()) ++changed;
    }
  }
  CHECK(changed > 100);
}

TEST_CASE("events added equal a log that goes on", "[property]") {
  std::size_t changed = 0;
  for (std::uint64_t seed = 200; seed < 300; ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto lines = test::random_history(seed, 90);
    const auto known = static_cast<std::size_t>(dice.between(20, static_cast<int>(lines.size())));
    const test::MemorySource whole(lines);
    const auto base = whole.first(known);
    OverlaySource overlay(base);
    add(overlay, {lines.begin() + static_cast<std::ptrdiff_t>(known), lines.end()});
    CHECK(overlay.size().value == lines.size());
    const auto would = printed(base, overlay);
    CHECK(would == brute_force(base, lines));
    if (!would.empty()) ++changed;

    const Cut cut{{}, ledger::parse_date("2017-06-30")};
    CHECK(printed(base, overlay, cut) == brute_force(base, lines, cut));
  }
  CHECK(changed > 50);
}

TEST_CASE("events left out and others added at once equal a log without and with them",
          "[property]") {
  std::size_t changed = 0, voided = 0;
  for (std::uint64_t seed = 400; seed < 500; ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto lines = test::random_history(seed, 90);
    const auto known = static_cast<std::size_t>(dice.between(40, static_cast<int>(lines.size())));
    const auto base = test::MemorySource(lines).first(known);
    OverlaySource overlay(base);
    const Lines more(lines.begin() + static_cast<std::ptrdiff_t>(known), lines.end());
    add(overlay, more);
    Lines rest(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(known));
    for (int out = dice.between(1, 3); out > 0; --out) {
      const auto at = dice.below(static_cast<int>(rest.size()));
      exclude(overlay, key_of(rest[static_cast<std::size_t>(at)]));
      rest.erase(rest.begin() + at);
    }
    rest.insert(rest.end(), more.begin(), more.end());
    for (const auto& cut : {Cut{}, Cut{{}, ledger::parse_date("2017-06-30")}}) {
      const auto would = printed(base, overlay, cut);
      CHECK(would == brute_force(base, rest, cut));
      if (!would.empty()) ++changed;
    }
    voided +=
        static_cast<std::size_t>(std::count_if(more.begin(), more.end(), [](const auto& line) {
          return json::parse(line).as_object().at("type") == "event.voided";
        }));
  }
  CHECK(changed > 100);
  CHECK(voided > 10);
}

TEST_CASE("an event put in the place of one left out counts instead of it") {
  const auto lines = test::random_history(7, 90);
  const test::MemorySource base(lines);
  for (const auto& line : lines) {
    auto event = json::parse(line).as_object();
    if (event.at("type") != "settlement.approved") continue;
    event.at("data").as_object()["amount_fen"] = 77'000;
    OverlaySource overlay(base);
    exclude(overlay, key_of(line));
    add(overlay, {json::serialize(event)});
    auto rest = lines;
    rest.erase(std::find(rest.begin(), rest.end(), line));
    rest.push_back(json::serialize(event));
    CHECK(printed(base, overlay) == brute_force(base, rest));
  }
}

TEST_CASE("a pack on trial stands in the place of its version", "[property]") {
  std::size_t changed = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const auto lines = test::random_history(seed, 90);
    const test::MemorySource base(lines);
    for (std::size_t at = 0; at < lines.size(); ++at) {
      auto event = json::parse(lines[at]).as_object();
      if (event.at("type") != "policy.published") continue;
      auto& data = event.at("data").as_object();
      const auto document = std::string(data.at("document").as_string());
      if (document.find("nev-fleet") == std::string::npos) continue;
      test::PackHead head;
      head.policy = data.at("policy").as_string();
      head.version = static_cast<int>(data.at("version").as_int64());
      head.from = "2016-01-01";
      head.to = "2018-12-31";
      const auto other = test::random_fleet_pack(dice, head, dice.percent(50));
      OverlaySource overlay(base);
      const auto supposed = suppose_pack(other, overlay);
      REQUIRE(supposed);
      CHECK((*supposed).replaces);
      data["document"] = other;
      auto rest = lines;
      rest[at] = json::serialize(event);
      const auto would = printed(base, overlay);
      CHECK(would == brute_force(base, rest));
      if (!would.empty()) ++changed;
    }
  }
  CHECK(changed > 10);
}

TEST_CASE("what import would refuse is refused", "[overlay]") {
  const auto lines = test::random_history(3, 60);
  const test::MemorySource base(lines);
  ledger::Encoder encoder;
  const auto refusal_of = [&](const std::string& line) {
    OverlaySource overlay(base);
    ledger::Batch batch;
    REQUIRE_FALSE(encoder.add(lines.front(), batch));
    REQUIRE_FALSE(encoder.add(line, batch));
    const auto added = overlay.add(batch);
    REQUIRE_FALSE(added);
    CHECK(added.error().position == 1);
    return added.error();
  };
  auto other = json::parse(lines.front()).as_object();
  other["actor"] = "somebody else";
  CHECK(refusal_of(json::serialize(other)).code == ledger::ErrorCode::conflict);

  const auto* const blind_void =
      R"({"specversion":"1.0","id":"v","source":"hq/x","type":"event.voided",)"
      R"("subject":"event/hq/x#nothing","time":"2017-06-01T10:00:00+08:00",)"
      R"("data":{"target_source":"hq/x","target_id":"nothing","reason":"误录","evidence":[]}})";
  CHECK(refusal_of(blind_void).code == ledger::ErrorCode::invalid);

  for (const auto& line : lines) {
    auto event = json::parse(line).as_object();
    if (event.at("type") != "policy.published") continue;
    event["id"] = "again";
    CHECK(refusal_of(json::serialize(event)).code == ledger::ErrorCode::invalid);
  }
}

}  // namespace projections
