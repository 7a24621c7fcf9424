// What goes in comes out: every line of the scenarios, and the freedoms of JSON.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "ledger/catalogue.h"
#include "tests/ledger/outside_form.h"
#include "tests/ledger/sample_line.h"
#include "tests/support/tests_dir.h"

namespace ledger::test {
namespace {

// 2017-03-01T00:00:00Z, as a ledger's clock.
constexpr std::int64_t appended_ns = 1'488'326'400'000'000'000;

// Imports, stamps, exports, and imports the export.
void check_round_trip(std::string_view line) {
  CAPTURE(line);
  auto first = encode(line);
  if (first.refusal) {
    FAIL(first.refusal->field << ": got " << first.refusal->got.en << ", wanted "
                              << first.refusal->wanted.en);
  }
  stamp(first.entry->bytes(), appended_ns, -1);
  const auto entry = first.entry->decode(7);
  if (!entry) FAIL(entry.error().message.en);
  const auto line_out = exported(*entry);
  CAPTURE(line_out);
  auto second = encode(line_out);
  if (second.refusal) FAIL(second.refusal->field << ": " << second.refusal->got.en);
  stamp(second.entry->bytes(), appended_ns, -1);
  const auto again = second.entry->decode(7);
  REQUIRE(again);
  CHECK(same_content(*entry, *again));
  CHECK(text_of(entry->bytes) == text_of(again->bytes));
  CHECK(exported(*again) == line_out);
}

TEST_CASE("every event of the scenarios survives import and export") {
  std::size_t lines = 0;
  for (const auto& file : std::filesystem::directory_iterator(::test::in_tests("scenarios"))) {
    if (file.path().extension() != ".jsonl") continue;
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line); ++lines) check_round_trip(line);
  }
  CHECK(lines > 1000);
}

TEST_CASE("every type survives import and export, bare or full, with each of its values") {
  for (const auto& rule : catalogue().events()) {
    for (const bool full : {true, false}) {
      for (std::size_t value = 0; value < 6; ++value) {
        for (std::size_t group = 0; group < std::max<std::size_t>(1, rule.exactly_one.size());
             ++group) {
          check_round_trip(sample_line(rule, {full, full, group, value}));
        }
      }
    }
  }
}

}  // namespace
}  // namespace ledger::test
