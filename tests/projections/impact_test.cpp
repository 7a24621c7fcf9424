// Weighing events component by component equals replaying the whole log for each.
#include "projections/impact.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "cli/generate/history.h"
#include "ledger/codec.h"
#include "projections/known_events.h"
#include "projections/overlay.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

struct Expected {
  std::uint64_t event = 0;
  Doubt doubt{};
  std::int64_t moved_fen = 0;
  std::string lines;
};

Amounts amounts(const EventSource& source, const Cut& cut) {
  const auto replay = Replay::run(source, cut, 1);
  REQUIRE(replay);
  return amounts_of(**replay);
}

std::string printed(const std::vector<ChangedLine>& changes) {
  std::string text;
  for (const auto& change : changes) append_changed(change, text);
  return text;
}

void note(const Amounts& before, const OverlaySource& overlay, const Cut& cut, Expected expected,
          std::vector<Expected>& all) {
  const auto changes = changed_lines(before, amounts(overlay, cut));
  for (const auto& change : changes) expected.moved_fen += std::abs(change.difference_fen());
  expected.lines = printed(changes);
  if (expected.moved_fen != 0) all.push_back(expected);
}

std::string text(const flatbuffers::String* string) {
  return string == nullptr ? std::string() : string->str();
}

// The vehicle and the order that an event names, both or neither.
std::pair<std::string, std::string> sold_by(const ledger::Entry& entry) {
  using P = schema::Payload;
  const auto of = [](const auto& data) { return std::pair{text(data.vin()), text(data.order())}; };
  if (entry.type() == P::VehicleDelivered) return of(entry.payload<schema::VehicleDelivered>());
  if (entry.type() == P::VehicleReturned) return of(entry.payload<schema::VehicleReturned>());
  if (entry.type() == P::VehicleInvoiced) return of(entry.payload<schema::VehicleInvoiced>());
  return {};
}

// Everything replayed for every event.
std::vector<Expected> brute_force(const EventSource& source, const Cut& cut) {
  const auto known = KnownEvents::of(source, cut);
  REQUIRE(known);
  const auto before = amounts(source, cut);
  std::vector<Expected> all;
  REQUIRE(source.scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    if (entry.type() != schema::Payload::EventVoided && !(*known).hold(entry)) return ledger::Ok{};
    OverlaySource without(source);
    without.exclude({entry.index});
    note(before, without, cut, {entry.index.value, Doubt::without, 0, {}}, all);
    const auto [vin, order] = sold_by(entry);
    if (order.empty()) return ledger::Ok{};
    OverlaySource with(source);
    ledger::Batch batch;
    const auto day = to_string(ledger::business_date(entry.event->time()->ns()));
    REQUIRE_FALSE(ledger::Encoder().add(
        R"({"specversion":"1.0","id":"f","source":"s","type":"finding.confirmed",)"
        R"("subject":"finding/f-x","time":")" +
            day + R"(T10:00:00+08:00","data":{"finding":"f-x","dealer":"D1","order":")" + order +
            R"(","kind":"false_claim","scope":"vehicle","vins":[")" + vin + R"("]}})",
        batch));
    REQUIRE(with.add(batch));
    note(before, with, cut, {entry.index.value, Doubt::is_false, 0, {}}, all);
    return ledger::Ok{};
  }));
  std::stable_sort(all.begin(), all.end(),
                   [](const Expected& a, const Expected& b) { return a.moved_fen > b.moved_fen; });
  return all;
}

void check_same(const std::vector<Impact>& ranked, std::vector<Expected> expected,
                std::size_t top) {
  if (expected.size() > top) expected.resize(top);
  REQUIRE(ranked.size() == expected.size());
  for (std::size_t at = 0; at < ranked.size(); ++at) {
    CAPTURE(at);
    CHECK(ranked[at].event.value == expected[at].event);
    CHECK(ranked[at].doubt == expected[at].doubt);
    CHECK(policy::narrow(ranked[at].moved_fen) == expected[at].moved_fen);
    CHECK(printed(ranked[at].lines) == expected[at].lines);
  }
}

// A filter leaves out what moves no line of the dealer, customer and order that it names, and
// changes no number. Returns how much it left.
std::size_t check_filters(const EventSource& source, const Components& components,
                          const ImpactQuestion& all, const std::vector<Impact>& ranked) {
  std::vector<ImpactQuestion> questions(4, all);
  questions[0].dealer = "D1";
  questions[1].customer = "C1";
  questions[2].order = "O2";
  questions[3].dealer = "D1";
  questions[3].order = "O1";
  std::size_t left = 0;
  for (const auto& question : questions) {
    const auto asked = [&](const ChangedLine& line) {
      const auto order = line.line.substr(0, line.line.find('/'));
      return line.difference_fen() != 0 && line.dealer == question.dealer.value_or(line.dealer) &&
             line.customer == question.customer.value_or(line.customer) &&
             order == question.order.value_or(order);
    };
    const auto some = weigh_events(source, components, question);
    REQUIRE(some);
    std::size_t next = 0;
    for (const auto& impact : ranked) {
      if (std::none_of(impact.lines.begin(), impact.lines.end(), asked)) continue;
      REQUIRE(next < (*some).ranked.size());
      CHECK((*some).ranked[next].event == impact.event);
      CHECK((*some).ranked[next].doubt == impact.doubt);
      CHECK((*some).ranked[next].moved_fen == impact.moved_fen);
      ++next;
    }
    CHECK(next == (*some).ranked.size());
    left += next;
  }
  return left;
}

}  // namespace

TEST_CASE("what an event moves equals a replay of everything for each", "[property]") {
  std::size_t found_false = 0, filtered = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const test::MemorySource whole(test::random_history(seed, 90));
    const auto source = whole.first(seed % 5 == 4 ? 70 : whole.size().value);
    const auto components = Components::of(source);
    REQUIRE(components);
    ImpactQuestion question;
    if (seed % 4 == 3) question.cut.effective_at = ledger::parse_date("2017-06-30");
    const auto expected = brute_force(source, question.cut);
    question.top = 1'000;
    const auto all = weigh_events(source, *components, question);
    REQUIRE(all);
    check_same((*all).ranked, expected, question.top);
    for (const auto& impact : (*all).ranked) {
      if (impact.doubt == Doubt::is_false) ++found_false;
    }

    question.top = 5;
    const auto first = weigh_events(source, *components, question);
    REQUIRE(first);
    check_same((*first).ranked, expected, question.top);

    question.top = 1'000;
    filtered += check_filters(source, *components, question, (*all).ranked);
  }
  CHECK(filtered > 100);
  CHECK(found_false > 100);
}

TEST_CASE("so does what an event of a national history moves", "[property]") {
  std::vector<std::string> lines;
  cli::generate::generate_history({600, 5},
                                  [&](std::string_view line) { lines.emplace_back(line); });
  const test::MemorySource source(lines);
  const auto components = Components::of(source);
  REQUIRE(components);
  CHECK((*components).with_orders().size() > 1);
  ImpactQuestion question;
  question.top = 2'000;
  const auto all = weigh_events(source, *components, question);
  REQUIRE(all);
  CHECK((*all).ranked.size() > 100);
  check_same((*all).ranked, brute_force(source, question.cut), question.top);
}

TEST_CASE("threads do not change what is ranked", "[threads]") {
  std::size_t ranked = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 120));
    const auto components = Components::of(source);
    REQUIRE(components);
    ImpactQuestion question;
    question.top = 20;
    auto one = weigh_events(source, *components, question);
    question.threads = 4;
    auto four = weigh_events(source, *components, question);
    REQUIRE(one);
    REQUIRE(four);
    CHECK((*one).weighed == (*four).weighed);
    const auto printed_one = print_impacts(source, *one);
    const auto printed_four = print_impacts(source, *four);
    REQUIRE(printed_one);
    REQUIRE(printed_four);
    CHECK(*printed_one == *printed_four);
    ranked += (*printed_one).size();
  }
  CHECK(ranked > 50);
}

}  // namespace projections
