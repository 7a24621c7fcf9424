// Old events keep the rules they were written under. There is one version today, so a second
// is made up here: it pays half. What is tested is the way it takes, not what it says.
#include <catch2/catch.hpp>
#include <map>

#include "projections/amounts.h"
#include "projections/certificate.h"
#include "projections/evaluation.h"
#include "projections/rule_book.h"
#include "projections/then_and_now.h"
#include "tests/support/memory_source.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

Evaluation evaluate_half(const World& world, OrderId order, schema::LineKind kind,
                         const Claims& claims, const View& view) {
  auto result = evaluate_v1(world, order, kind, claims, view);
  result.entitled_fen /= 2;
  return result;
}

const RuleBook& two_versions() {
  static const RuleBook book({evaluate_v1, evaluate_half});
  return book;
}

Cut under(std::uint16_t version) {
  Cut cut;
  cut.rules = &two_versions();
  cut.rules_version_max = version;
  return cut;
}

std::map<std::string, std::int64_t> entitled(const EventSource& source, const Cut& cut) {
  const auto replay = Replay::run(source, cut, 1);
  if (!replay) FAIL(replay.error().message.en);
  std::map<std::string, std::int64_t> by_line;
  for (const auto& amount : amounts_of(**replay).lines) {
    if (amount.entitled_fen) by_line[amount.line] = *amount.entitled_fen;
  }
  return by_line;
}

std::string order_of(const std::string& line) {
  return line.substr(0, line.rfind('/'));
}

TEST_CASE("an order is judged by the rules it was entered under, whatever came later") {
  std::size_t old_lines = 0;
  std::size_t new_lines = 0;
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 100);
    const auto changed_from = lines.size() / 2;
    std::map<std::string, bool> is_new;  // by order
    for (std::size_t at = 0; at < lines.size(); ++at) {
      if (lines[at].find(R"("type":"order.created")") == std::string::npos) continue;
      const auto from = lines[at].find(R"("subject":"order/)") + 17;
      is_new[lines[at].substr(from, lines[at].find('"', from) - from)] = at >= changed_from;
    }
    const auto first = entitled(test::MemorySource(lines), under(2));
    const test::MemorySource mixed(lines, changed_from);
    const auto both = entitled(mixed, under(2));
    REQUIRE(both.size() == first.size());
    for (const auto& [line, amount] : both) {
      CAPTURE(line);
      const bool halved = is_new[order_of(line)];
      if (first.at(line) != 0) ++(halved ? new_lines : old_lines);
      CHECK(amount == (halved ? first.at(line) / 2 : first.at(line)));
    }
    CHECK(entitled(mixed, under(1)) == first);
  }
  CHECK(old_lines > 20);
  CHECK(new_lines > 20);
}

TEST_CASE("what a newer version of the rules moves is put down to code, and the parts add up") {
  std::int64_t moved = 0;
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 100);
    const auto changed_from = lines.size() / 2;
    const test::MemorySource mixed(lines, changed_from);
    const auto capped = entitled(mixed, under(1));
    const auto after = entitled(mixed, under(2));
    const auto before = entitled(mixed.first(changed_from), under(2));
    const auto shifts = shifts_since(mixed, ledger::TreeSize{changed_from}, under(2), 1);
    REQUIRE(shifts);
    for (const auto& shift : shifts->lines) {
      CAPTURE(shift.line);
      std::int64_t sum = 0;
      for (const auto part : shift.parts_fen) sum += part;
      CHECK(sum == shift.after_fen - shift.before_fen);
      const auto at = [&](const auto& amounts) {
        const auto found = amounts.find(shift.line);
        return found == amounts.end() ? std::int64_t{0} : found->second;
      };
      CHECK(shift.before_fen == at(before));
      CHECK(shift.after_fen == at(after));
      const auto code = shift.parts_fen[static_cast<std::size_t>(Cause::code)];
      CHECK(code == at(after) - at(capped));
      moved += code != 0 ? 1 : 0;
    }
  }
  CHECK(moved > 20);
}

TEST_CASE("a certificate of an old size comes out again under a newer program") {
  const auto certified = [](const EventSource& source, const Cut& cut) {
    const auto replay = Replay::run(source, cut, 2);
    REQUIRE(replay);
    const auto certificate = certify(**replay);
    REQUIRE(certificate);
    return certificate->result_sha256;
  };
  std::size_t changed = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 100);
    const auto changed_from = lines.size() / 2;
    const test::MemorySource mixed(lines, changed_from);
    const test::MemorySource unchanged(lines);
    CHECK(certified(mixed.first(changed_from), under(2)) ==
          certified(unchanged.first(changed_from), Cut{}));
    if (certified(mixed, under(2)) != certified(unchanged, Cut{})) ++changed;
  }
  CHECK(changed > 2);
}

TEST_CASE("events of a version that the program does not know are not guessed at") {
  const auto lines = test::random_history(1, 60);
  const auto replay = Replay::run(test::MemorySource(lines, lines.size() - 1), Cut{}, 1);
  REQUIRE_FALSE(replay);
  CHECK(replay.error().code == ledger::ErrorCode::invalid);
  CHECK(replay.error().message.en ==
        "entry " + std::to_string(lines.size() - 1) +
            " was written under version 2 of the rules, and this program knows those up to 1; use "
            "the tally that wrote it, or a newer");
}

}  // namespace
}  // namespace projections
