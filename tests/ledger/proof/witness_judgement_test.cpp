// Every answer of a witness, from the request and what it remembers alone.
#include "ledger/proof/witness_judgement.h"

#include <catch2/catch.hpp>

#include "tests/ledger/proof/shown_log.h"

using namespace ledger;
using namespace ledger::proof;
using ledger::proof::test::ShownLog;

namespace {

const ShownLog& shown() {
  static const ShownLog log;
  return log;
}

WitnessJudgement judge(const std::string& request, const TreeHead& known) {
  return judge_request(request, {shown().key().verifier()}, known);
}

WitnessVerdict verdict(const std::string& request, const TreeHead& known) {
  return judge(request, known).verdict;
}

}  // namespace

TEST_CASE("a log that only grew is cosigned, from every size to every size") {
  for (std::uint64_t old_size = 0; old_size <= ShownLog::size_max; ++old_size) {
    for (auto size = old_size; size <= ShownLog::size_max; ++size) {
      CAPTURE(old_size, size);
      const auto judged = judge(shown().request(old_size, size), shown().head(old_size));
      REQUIRE(judged.verdict == WitnessVerdict::cosign);
      CHECK(judged.tree == shown().head(size));
      CHECK(judged.note.text == format(Checkpoint{shown().origin(), shown().head(size), {}}));
    }
  }
}

TEST_CASE("a fork is refused at every size, whatever proof comes with it") {
  for (auto known = ShownLog::fork + 1; known <= ShownLog::size_max; ++known) {
    for (auto size = known; size <= ShownLog::size_max; ++size) {
      CAPTURE(known, size);
      // The other history with the proof that holds within it, and with the honest one's.
      CHECK(verdict(shown().request(known, size, true), shown().head(known)) ==
            WitnessVerdict::inconsistent);
      auto borrowed = shown().file(known, size);
      borrowed.checkpoint = shown().note(shown().head(size, true));
      CHECK(verdict(format(borrowed), shown().head(known)) == WitnessVerdict::inconsistent);
    }
  }
}

TEST_CASE("another old size than what was signed last is a conflict") {
  for (std::uint64_t old_size = 0; old_size <= 20; ++old_size) {
    if (old_size == 9) continue;
    CAPTURE(old_size);
    CHECK(verdict(shown().request(old_size, 20), shown().head(9)) == WitnessVerdict::stale);
  }
  // Also when the log went back behind it.
  CHECK(verdict(shown().request(3, 5), shown().head(9)) == WitnessVerdict::stale);
}

TEST_CASE("an old size above the new one is no request") {
  CHECK(verdict("old 6\n\n" + shown().note(shown().head(5)), shown().head(6)) ==
        WitnessVerdict::malformed);
  CHECK(verdict("old 6\n\n" + shown().note(shown().head(5)), shown().head(2)) ==
        WitnessVerdict::malformed);
}

TEST_CASE("a size has one root, also the size without entries") {
  auto other = shown().head(5);
  other.root[0] ^= std::byte{1};
  CHECK(verdict("old 5\n\n" + shown().note(other), shown().head(5)) ==
        WitnessVerdict::inconsistent);
  auto nothing = shown().head(0);
  CHECK(verdict("old 0\n\n" + shown().note(nothing), shown().head(0)) == WitnessVerdict::cosign);
  nothing.root[0] ^= std::byte{1};
  CHECK(verdict("old 0\n\n" + shown().note(nothing), shown().head(0)) ==
        WitnessVerdict::inconsistent);
}

TEST_CASE("a proof that is too long or too short shows nothing") {
  auto file = shown().file(3, 20);
  file.hashes.push_back(file.hashes.front());
  CHECK(verdict(format(file), shown().head(3)) == WitnessVerdict::inconsistent);
  file.hashes.resize(1);
  CHECK(verdict(format(file), shown().head(3)) == WitnessVerdict::inconsistent);
  auto first = shown().file(0, 20);
  first.hashes.push_back(shown().head(20).root);
  CHECK(verdict(format(first), shown().head(0)) == WitnessVerdict::inconsistent);
  auto again = shown().file(20, 20);
  again.hashes.push_back(shown().head(20).root);
  CHECK(verdict(format(again), shown().head(20)) == WitnessVerdict::inconsistent);
}

TEST_CASE("only a key of the log is believed") {
  const ShownLog stranger(shown().origin(), 8);
  CHECK(verdict(stranger.request(0, 5), shown().head(0)) == WitnessVerdict::untrusted);
  auto altered = shown().request(0, 5);
  altered.replace(altered.find("\n5\n"), 3, "\n6\n");
  CHECK(verdict(altered, shown().head(0)) == WitnessVerdict::untrusted);
  // A log that has two keys is believed by either.
  const std::vector<VerifierKey> both{shown().key().verifier(), stranger.key().verifier()};
  CHECK(judge_request(stranger.request(0, 5), both, shown().head(0)).verdict ==
        WitnessVerdict::cosign);
}

TEST_CASE("foreign signatures are neither believed nor passed on") {
  const ShownLog stranger("stranger.example", 9);
  auto file = shown().file(0, 5);
  const auto text = format(Checkpoint{shown().origin(), shown().head(5), {}});
  file.checkpoint = format(Note{text, {stranger.key().sign(text), shown().key().sign(text)}});
  const auto judged = judge(format(file), shown().head(0));
  REQUIRE(judged.verdict == WitnessVerdict::cosign);
  REQUIRE(judged.note.signatures.size() == 1);
  CHECK(judged.note.signatures[0].name == shown().origin());
}

TEST_CASE("what is no request is said to be none") {
  const auto good = shown().request(3, 20);
  const auto checkpoint = shown().note(shown().head(20));
  const std::vector<std::string> bad{
      "",
      "old 3",
      "old 3\n",
      "old 03\n\n" + checkpoint,
      "old -3\n\n" + checkpoint,
      "old 18446744073709551616\n\n" + checkpoint,
      "Old 3\n\n" + checkpoint,
      "old 3\nAAAA\n\n" + checkpoint,
      "old 3\n\n",
      "old 3\n\nno note\n",
      "old 3\n" + checkpoint,
      good.substr(0, good.size() - 1),
      "old 3\n\n" + checkpoint + "\n",
  };
  for (const auto& request : bad) {
    CAPTURE(request);
    CHECK(verdict(request, shown().head(3)) == WitnessVerdict::malformed);
    CHECK_FALSE(origin_of_request(request));
  }
  CHECK(origin_of_request(good) == shown().origin());
}

TEST_CASE("at most 63 hashes are read") {
  std::string hashes;
  for (int i = 0; i < 64; ++i) hashes += "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
  CHECK(verdict("old 3\n" + hashes + "\n" + shown().note(shown().head(20)), shown().head(3)) ==
        WitnessVerdict::malformed);
  hashes.resize(hashes.size() / 64 * 63);
  CHECK(verdict("old 3\n" + hashes + "\n" + shown().note(shown().head(20)), shown().head(3)) ==
        WitnessVerdict::inconsistent);
}
