// What is signed enters the log only if the right key signed it well.
#include "tests/support/author.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "ledger/codec.h"
#include "ledger/log.h"
#include "ledger/verify.h"
#include "tests/support/admitting_ledger.h"
#include "tests/support/dice.h"

namespace projections {
namespace {

using test::Author;
using test::event_line;

const std::string accepted;  // what a refusal says when there is none

// A ledger on disk that takes lines, one batch a call.
class Ledger : public test::AdmittingLedger {
 public:
  explicit Ledger(std::string_view origin = "ledger.example/test") : AdmittingLedger(origin) {}

  // What became of the lines together: empty when they entered.
  std::string take(const std::vector<std::string>& lines) {
    ledger::Encoder encoder;
    ledger::Batch batch;
    for (const auto& line : lines) {
      const auto refusal = encoder.add(line, batch);
      if (refusal) return refusal->message().en;
    }
    const auto appended = log().append(batch);
    if (appended) return {};
    CHECK(appended.error().code == ledger::ErrorCode::invalid);
    return std::to_string(appended.error().position.value_or(999)) + ": " +
           appended.error().message.en;
  }

  std::string take(const std::string& line) { return take(std::vector{line}); }

  std::vector<std::string> exported() {
    std::vector<std::string> lines;
    REQUIRE(log().reader().scan({}, [&](const ledger::Entry& entry) -> ledger::Status {
      ledger::append_json(entry, lines.emplace_back());
      return ledger::Ok{};
    }));
    return lines;
  }

  ledger::Verification verify() {
    close();
    ledger::VerifyOptions options;
    options.threads = 2;
    auto verification = ledger::verify(directory(), options);
    if (!verification) FAIL(verification.error().message.en);
    open();
    return *std::move(verification);
  }
};

std::string filing(const std::string& id, const std::string& dealer = "D1",
                   std::string_view more = {}) {
  return event_line("s-" + id, "filing.submitted", "filing/" + id,
                    R"({"filing":")" + id + R"(","dealer":")" + dealer + R"(","customer":"C1"})",
                    more);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

bool begins(const std::string& text, const std::string& beginning) {
  INFO(text);
  return text.starts_with(beginning);
}

TEST_CASE("a signed event needs a key that was enrolled before it") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  const auto signed_filing = zhang.sign(filing("F1"));
  CHECK(ledger.take(signed_filing) ==
        "0: authorkey: got \"" + zhang.id() +
            "\", wanted a key that a key.enrolled before this event brought into the log");
  CHECK(begins(ledger.take({signed_filing, zhang.enrolment("dealer")}), "0: authorkey: got"));
  CHECK(ledger.take({zhang.enrolment("dealer"), signed_filing}) == accepted);
  CHECK(ledger.take(signed_filing) == accepted);  // there already
  CHECK(ledger.log().size().value == 2);
  CHECK(ledger.verify().author_signatures == 1);
}

TEST_CASE("an event that was altered after it was signed does not enter") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  REQUIRE(ledger.take(zhang.enrolment("dealer")) == accepted);
  const auto good = zhang.sign(filing("F1", "D1", R"(,"actor":"张三","role":"dealer")"));
  const std::string wanted = "0: authorsig: got a signature that \"zhang.san\" did not make";
  CHECK(begins(ledger.take(replaced(good, "\"customer\":\"C1\"", "\"customer\":\"C2\"")), wanted));
  CHECK(begins(ledger.take(replaced(good, "张三", "李四")), wanted));
  CHECK(begins(ledger.take(replaced(good, "09:00:00", "09:00:01")), wanted));
  CHECK(begins(ledger.take(replaced(good, "\"id\":\"s-F1\"", "\"id\":\"s-F2\"")), wanted));
  CHECK(begins(ledger.take(replaced(good, "\"source\":\"hq\"", "\"source\":\"HQ\"")), wanted));
  CHECK(begins(ledger.take(replaced(good, ",\"role\":\"dealer\"", "")), wanted));
  CHECK(begins(ledger.take(replaced(good, ",\"data\":",
                                    ",\"recordedtime\":"
                                    "\"2017-03-01T09:00:00+08:00\",\"data\":")),
               wanted));
  CHECK(ledger.log().size().value == 1);
  CHECK(ledger.take(good) == accepted);
}

TEST_CASE("a signature for one ledger is none for another") {
  Ledger ledger;
  const Author here("zhang.san", 1);
  const Author elsewhere("zhang.san", 1, "ledger.example/other");
  REQUIRE(ledger.take(here.enrolment("dealer")) == accepted);
  const auto refused = ledger.take(elsewhere.sign(filing("F1")));
  CHECK(begins(refused, "0: authorsig: got a signature that"));
  CHECK(refused.find("for the ledger \"ledger.example/test\"") != std::string::npos);
}

TEST_CASE("a forger with a key of the same name and another seed is found out") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  const Author forger("zhang.san", 2);
  REQUIRE(ledger.take(zhang.enrolment("dealer")) == accepted);
  CHECK(begins(ledger.take(forger.sign(filing("F1"))), "0: authorkey: got"));
  CHECK(begins(ledger.take(replaced(forger.sign(filing("F1")), forger.id(), zhang.id())),
               "0: authorsig: got a signature that"));
}

TEST_CASE("a revoked key signs nothing more, and what it signed before stays") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  REQUIRE(ledger.take({zhang.enrolment("dealer"), zhang.sign(filing("F1"))}) == accepted);
  // Within a batch as well: what comes after the revocation is refused.
  const auto refused =
      ledger.take({zhang.sign(filing("F2")), zhang.revocation(), zhang.sign(filing("F3"))});
  CHECK(refused == "2: authorkey: got \"" + zhang.id() +
                       "\", which was revoked at index 3, wanted a key that stands; sign with "
                       "another and enrol that first");
  CHECK(ledger.take({zhang.sign(filing("F2")), zhang.revocation()}) == accepted);
  CHECK(begins(ledger.take(zhang.sign(filing("F4"))), "0: authorkey: got"));
  ledger.open();
  CHECK(begins(ledger.take(zhang.sign(filing("F4"))), "0: authorkey: got"));
  const auto verification = ledger.verify();
  CHECK(verification.differences == 0);
  CHECK(verification.author_signatures == 2);
}

TEST_CASE("a void gives no revoked key back") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  REQUIRE(ledger.take({zhang.enrolment("dealer"), zhang.revocation()}) == accepted);
  REQUIRE(ledger.take(event_line("v1", "event.voided", "event/hq#" + zhang.id() + "-revoked",
                                 R"({"target_source":"hq","target_id":")" + zhang.id() +
                                     R"(-revoked","reason":"regretted","evidence":[]})")) ==
          accepted);
  CHECK(begins(ledger.take(zhang.sign(filing("F1"))), "0: authorkey: got"));
}

TEST_CASE("a key is enrolled once, under the id that follows from holder and key") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  const auto good = zhang.enrolment("dealer");
  CHECK(begins(ledger.take(replaced(good, "\"holder\":\"zhang.san\"", "\"holder\":\"li.si\"")),
               "0: data.key: got \"" + zhang.id() + "\", wanted "));
  CHECK(begins(ledger.take(replaced(good, "\"holder\":\"zhang.san\"", "\"holder\":\"Zhang San\"")),
               "0: data.holder: got \"Zhang San\", wanted a name without spaces"));
  CHECK(begins(ledger.take(replaced(good, "\"role\":\"dealer\"", "\"role\":\"king\"")),
               "0: data.role: got \"king\", wanted one of dealer, region"));
  CHECK(ledger.take(good) == accepted);
  CHECK(ledger.take(replaced(good, "-enrolled\"", "-again\"")) ==
        "0: data.key: got \"" + zhang.id() +
            "\", which was enrolled at index 0, wanted a key that was not; each is enrolled once, "
            "so make a new one");
  const Author li("li.si", 2);
  CHECK(ledger.take(li.revocation()) ==
        "0: data.key: got \"" + li.id() +
            "\", wanted a key that a key.enrolled before brought into the log");
}

TEST_CASE("a key under which anyone can sign is not enrolled") {
  Ledger ledger;
  ledger::proof::ed25519::PublicKey neutral{};
  neutral.front() = std::byte{1};
  CHECK(ledger::proof::ed25519::is_weak(neutral));
  CHECK(ledger::proof::ed25519::is_weak({}));  // a point of order 4
  CHECK_FALSE(ledger::proof::ed25519::is_weak(Author("zhang.san", 1).key().public_key()));
  const auto weak = ledger::proof::VerifierKey::of("eve", neutral);
  REQUIRE(weak);
  const auto id = ledger::proof::VerifierKey::of("eve", neutral)->text().substr(4, 8);
  const auto refused = ledger.take(event_line(
      "k1", "key.enrolled", "key/" + id,
      R"({"key":")" + id +
          R"(","public_key":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","holder":"eve",)"
          R"("role":"dealer","valid_from":"2017-01-01"})"));
  CHECK(begins(refused, "0: data.public_key: got a point of small order"));
}

TEST_CASE("a key signs for its role, its dealer and from its date only") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  REQUIRE(ledger.take(zhang.enrolment("dealer", "D1", "2017-03-01")) == accepted);
  CHECK(ledger.take(zhang.sign(filing("F1", "D2"))) ==
        "0: data.dealer: got \"D2\", wanted \"D1\", the dealer that the key signs for "
        "(\"zhang.san\")");
  CHECK(begins(ledger.take(zhang.sign(filing("F1", "D1", R"(,"role":"fleet_dept")"))),
               "0: role: got \"fleet_dept\", wanted \"dealer\", the role of the key's holder"));
  CHECK(begins(ledger.take(zhang.sign(replaced(filing("F1"), "2017-03-01T", "2017-02-28T"))),
               "0: time: got the business date 2017-02-28, wanted 2017-03-01 or later"));
  CHECK(ledger.take(zhang.sign(filing("F1", "D1", R"(,"role":"dealer")"))) == accepted);
  CHECK(ledger.take(zhang.sign(filing("F2"))) == accepted);
}

TEST_CASE("personal values cannot be exchanged under a signature, nor lose their salt") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  REQUIRE(ledger.take(zhang.enrolment("dealer")) == accepted);
  const auto good =
      zhang.sign(event_line("r1", "vehicle.registered", "vehicle/LSVAA4182E2000017",
                            R"({"vin":"LSVAA4182E2000017","plate":"京A12345","owner":"张三"})"));
  const auto swapped = replaced(replaced(good, "\"plate\":\"京A12345\"", "\"plate\":\"张三\""),
                                "\"owner\":\"张三\"", "\"owner\":\"京A12345\"");
  CHECK(begins(ledger.take(swapped), "0: authorsig: got a signature that"));
  CHECK(begins(ledger.take(replaced(good, "\"owner\":\"张三\"", "\"owner\":\"李四\"")),
               "0: authorsig: got a signature that"));
  CHECK(begins(ledger.take(replaced(good, "plate=5a5a", "plate=5a5b")),
               "0: authorsig: got a signature that"));
  const auto from = good.find(",\"authorsalts\"");
  REQUIRE(from != std::string::npos);
  CHECK(begins(ledger.take(good.substr(0, from) + "}"),
               "0: authorsalts: got none for data.owner, wanted the 16 bytes"));
  CHECK(ledger.take(good) == accepted);
  CHECK(ledger.verify().author_signatures == 1);
}

// A batch that is refused takes its keys and packs with it, and its places are given anew.
TEST_CASE("what a refused batch enrolled is forgotten") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  const Author li("li.si", 2);
  CHECK(begins(ledger.take({zhang.enrolment("dealer"), zhang.sign(filing("F1")),
                            replaced(zhang.sign(filing("F2")), "\"C1\"", "\"C2\"")}),
               "2: authorsig"));
  CHECK(begins(ledger.take(zhang.sign(filing("F1"))), "0: authorkey"));
  CHECK(ledger.take({li.enrolment("dealer"), li.sign(filing("F1"))}) == accepted);
  CHECK(begins(ledger.take(zhang.sign(filing("F3"))), "0: authorkey"));
  CHECK(ledger.take({zhang.enrolment("dealer"), zhang.sign(filing("F3"))}) == accepted);
}

TEST_CASE("signed histories keep their signatures through import, export and import again") {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    const std::vector<Author> authors{{"zhang.san", 1}, {"li.si", 2}, {"王五", 3}};
    std::vector<std::string> lines;
    lines.reserve(authors.size());
    for (const auto& author : authors) lines.push_back(author.enrolment("dealer"));
    std::size_t signatures = 0;
    for (int number = 0; number < 60; ++number) {
      const auto id = std::to_string(number);
      const auto line = dice.percent(50)
                            ? filing("F" + id)
                            : event_line("m" + id, "dealer.manager_assigned", "dealer/D1",
                                         R"({"dealer":"D1","person":"人)" +
                                             std::to_string(dice.below(9)) + "\"}");
      const bool is_signed = dice.percent(70);
      signatures += is_signed ? 1 : 0;
      lines.push_back(is_signed ? dice.pick(authors).sign(line) : line);
    }
    Ledger first;
    for (std::size_t at = 0; at < lines.size();) {
      const auto count =
          std::min<std::size_t>(lines.size() - at, static_cast<std::size_t>(dice.between(1, 40)));
      const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(at);
      const std::vector<std::string> some(begin, begin + static_cast<std::ptrdiff_t>(count));
      REQUIRE(first.take(some) == accepted);
      at += count;
    }
    CHECK(first.verify().author_signatures == signatures);
    const auto exported = first.exported();
    Ledger second;
    REQUIRE(second.take(exported) == accepted);
    const auto verification = second.verify();
    CHECK(verification.author_signatures == signatures);
    CHECK(verification.differences == 0);
    Ledger elsewhere("ledger.example/other");
    const auto first_signed = std::find_if(exported.begin(), exported.end(), [](const auto& line) {
      return line.find("authorsig") != std::string::npos;
    });
    CHECK(begins(elsewhere.take(exported),
                 std::to_string(first_signed - exported.begin()) + ": authorsig: got"));
    CHECK(elsewhere.log().size().value == 0);
  }
}

// The log without admission takes anything: what verification then finds was never checked.
TEST_CASE("verification finds signatures that are none, whoever let them in") {
  const test::Scratch scratch;
  REQUIRE(ledger::Log::create(scratch.path() / "l", "ledger.example/test"));
  const Author zhang("zhang.san", 1);
  const Author li("li.si", 2);
  {
    auto log = ledger::Log::open(scratch.path() / "l", {});
    REQUIRE(log);
    ledger::Encoder encoder;
    ledger::Batch batch;
    for (const auto& line : {zhang.enrolment("dealer"), zhang.sign(filing("F1")),
                             replaced(zhang.sign(filing("F2")), "\"C1\"", "\"C2\""),
                             li.sign(filing("F3")), zhang.revocation(), zhang.sign(filing("F4"))}) {
      REQUIRE_FALSE(encoder.add(line, batch));
    }
    REQUIRE((*log)->append(batch));
  }
  const auto verification = ledger::verify(scratch.path() / "l", {});
  REQUIRE(verification);
  CHECK(verification->author_signatures == 1);
  REQUIRE(verification->findings.size() == 3);
  std::vector<std::uint64_t> where;
  for (const auto& finding : verification->findings) {
    CHECK(finding.where == ledger::Finding::Where::entry);
    CHECK(begins(finding.expected.en, "author signature one by "));
    where.push_back(finding.index->value);
  }
  CHECK(where == std::vector<std::uint64_t>{2, 3, 5});
}

TEST_CASE("many threads submit signed events, some of them forged", "[threads]") {
  Ledger ledger;
  const Author zhang("zhang.san", 1);
  REQUIRE(ledger.take(zhang.enrolment("dealer")) == accepted);
  constexpr int threads = 4;
  constexpr int batches = 6;
  constexpr int events = 40;
  std::vector<std::vector<ledger::Batch>> of_thread(threads);
  ledger::Encoder encoder;
  for (int thread = 0; thread < threads; ++thread) {
    for (int number = 0; number < batches; ++number) {
      const bool forged = number % 3 == 1;
      auto& batch = of_thread[static_cast<std::size_t>(thread)].emplace_back();
      for (int event = 0; event < events; ++event) {
        auto line = zhang.sign(filing("F" + std::to_string(thread) + "-" + std::to_string(number) +
                                      "-" + std::to_string(event)));
        if (forged && event == events - 1) line = replaced(line, "\"C1\"", "\"C2\"");
        REQUIRE_FALSE(encoder.add(line, batch));
      }
    }
  }
  std::atomic<int> refused = 0;
  std::vector<std::thread> submitters;
  submitters.reserve(threads);
  for (const auto& mine : of_thread) {
    submitters.emplace_back([&] {
      for (const auto& batch : mine) {
        if (!ledger.log().append(batch)) ++refused;
      }
    });
  }
  for (auto& submitter : submitters) submitter.join();
  CHECK(refused == threads * 2);
  CHECK(ledger.log().size().value == 1 + threads * (batches - 2) * events);
  CHECK(ledger.verify().author_signatures == threads * (batches - 2) * events);
}

}  // namespace
}  // namespace projections
