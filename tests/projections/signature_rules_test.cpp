// Signatures that a pack or the config asks for, and four eyes.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "ledger/codec.h"
#include "ledger/log.h"
#include "projections/json.h"
#include "projections/policy/pack.h"
#include "tests/support/admitting_ledger.h"
#include "tests/support/author.h"
#include "tests/support/tests_dir.h"

namespace projections {
namespace {

using test::Author;
using test::event_line;

const std::string accepted;  // what a refusal says when there is none

std::string pack_text(int version, const std::string& from, const std::string& signatures) {
  std::ifstream file(::test::in_tests("../policies/nev-fleet-2017.toml"), std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  auto pack = text.str();
  const auto replace = [&](const std::string& old, const std::string& now) {
    const auto at = pack.find(old);
    REQUIRE(at != std::string::npos);
    pack.replace(at, old.size(), now);
  };
  replace("version = 1", "version = " + std::to_string(version));
  replace("effective_from = 2017-01-01", "effective_from = " + from);
  return pack + "\n" + signatures;
}

std::string published(int version, const std::string& from, const std::string& signatures) {
  std::string data;
  JsonObject(data)
      .text("policy", "nev-fleet-2017")
      .number("version", version)
      .text("document", pack_text(version, from, signatures))
      .close();
  return event_line("p" + std::to_string(version), "policy.published", "policy/nev-fleet-2017",
                    data);
}

const std::string rules =
    "[signatures]\n"
    "required = [\"filing.submitted\"]\n"
    "distinct = [[\"filing.submitted\", \"filing.confirmed\"],\n"
    "            [\"order.support_requested\", \"order.support_decided\"]]\n";

std::string submitted(const std::string& id = "F1") {
  return event_line("s-" + id, "filing.submitted", "filing/" + id,
                    R"({"filing":")" + id + R"(","dealer":"D1","customer":"C1"})");
}

std::string confirmed(const std::string& id = "F1") {
  return event_line("c-" + id, "filing.confirmed", "filing/" + id,
                    R"({"filing":")" + id + R"(","customer_code":"K1"})");
}

std::string requested(const std::string& kind) {
  return event_line("r-" + kind, "order.support_requested", "order/O1",
                    R"({"order":"O1","kind":")" + kind + R"("})");
}

std::string decided(const std::string& kind) {
  return event_line(
      "d-" + kind, "order.support_decided", "order/O1",
      R"({"order":"O1","kind":")" + kind + R"(","decision":"rejected","approver_role":"gm"})");
}

class Desk : public test::AdmittingLedger {
 public:
  Desk() : AdmittingLedger("ledger.example/test") {
    for (const auto* author : {&zhang, &wang, &wang_again}) {
      REQUIRE(take(author->enrolment("fleet_dept")) == accepted);
    }
  }

  void configure(const std::string& text) {
    close();
    std::ofstream(directory() / "config.toml", std::ios::app) << text;
  }

  std::string take(const std::vector<std::string>& lines) {
    ledger::Encoder encoder;
    ledger::Batch batch;
    for (const auto& line : lines) {
      const auto refusal = encoder.add(line, batch);
      if (refusal) FAIL(refusal->field << ": got " << refusal->got.en);
    }
    const auto appended = log().append(batch);
    return appended ? std::string() : appended.error().message.en;
  }

  std::string take(const std::string& line) { return take(std::vector{line}); }

  const Author zhang{"zhang.san", 1};
  const Author wang{"wang.fang", 2};
  const Author wang_again{"wang.fang", 3};
};

const std::string unsigned_filing =
    "authorsig: got nothing, wanted a signature, which \"nev-fleet-2017\" version 1 asks of "
    "filing.submitted; `tally sign` adds it";

TEST_CASE("nothing needs a signature unless a pack or the config says so") {
  Desk desk;
  CHECK(desk.take({published(1, "2017-01-01", ""), submitted(), confirmed()}) == accepted);
}

TEST_CASE("a pack asks for signatures from its publication on, within its range") {
  Desk desk;
  CHECK(desk.take({submitted("F0"), published(1, "2017-01-01", rules)}) == accepted);
  CHECK(desk.take(submitted()) == unsigned_filing);
  desk.open();  // a log that is opened again knows its packs
  CHECK(desk.take(submitted()) == unsigned_filing);
  CHECK(desk.take(desk.zhang.sign(submitted())) == accepted);
  auto earlier = submitted("F2");
  earlier.replace(earlier.find("2017-03-01"), 10, "2016-12-31");
  CHECK(desk.take(earlier) == accepted);
  // Its latest version decides.
  CHECK(desk.take({published(2, "2017-03-01", ""), submitted("F3")}) == accepted);
}

TEST_CASE("a refused batch does not leave its pack behind") {
  Desk desk;
  auto forged = desk.zhang.sign(submitted("F9"));
  forged.replace(forged.find("\"C1\""), 4, "\"C2\"");
  CHECK(desk.take({published(1, "2017-01-01", rules), forged}) != accepted);
  CHECK(desk.take(submitted()) == accepted);
}

TEST_CASE("four eyes: who submitted may not confirm, under no key of theirs") {
  Desk desk;
  REQUIRE(desk.take(published(1, "2017-01-01", rules)) == accepted);
  REQUIRE(desk.take(desk.wang.sign(submitted())) == accepted);
  CHECK(desk.take(confirmed()) ==
        "authorsig: got nothing, wanted a signature, which \"nev-fleet-2017\" version 1 asks of "
        "filing.confirmed; `tally sign` adds it");
  for (const auto* author : {&desk.wang, &desk.wang_again}) {
    CHECK(desk.take(author->sign(confirmed())) ==
          "authorsig: got one by \"wang.fang\", who signed the filing.submitted at index 4 too, "
          "wanted a signature of somebody else: \"nev-fleet-2017\" version 1 asks for four eyes");
  }
  CHECK(desk.take(desk.zhang.sign(confirmed())) == accepted);
  // The other way round, and within one batch.
  CHECK(desk.take({desk.wang.sign(confirmed("F2")), desk.wang.sign(submitted("F2"))}) != accepted);
  CHECK(desk.take({desk.wang.sign(confirmed("F2")), desk.zhang.sign(submitted("F2"))}) == accepted);
}

TEST_CASE("four eyes see requests and decisions of one kind together") {
  Desk desk;
  REQUIRE(desk.take(published(1, "2017-01-01", rules)) == accepted);
  REQUIRE(desk.take(desk.wang.sign(requested("standard"))) == accepted);
  CHECK(desk.take(desk.wang.sign(decided("special"))) == accepted);
  CHECK(desk.take(desk.wang.sign(decided("standard"))) != accepted);
  CHECK(desk.take(desk.zhang.sign(decided("standard"))) == accepted);
}

TEST_CASE("the config of a ledger asks whatever the packs say") {
  Desk desk;
  desk.configure(
      "[signatures]\nrequired = [\"filing.rejected\"]\n"
      "distinct = [[\"filing.submitted\", \"filing.confirmed\"]]\n");
  desk.open();
  CHECK(desk.take(submitted()) ==
        "authorsig: got nothing, wanted a signature, which config.toml asks of filing.submitted; "
        "`tally sign` adds it");
  CHECK(desk.take(desk.wang.sign(submitted())) == accepted);
  CHECK(desk.take(desk.wang.sign(confirmed())) != accepted);
  CHECK(desk.take(desk.zhang.sign(confirmed())) == accepted);
}

TEST_CASE("a config whose signatures are misspelt opens nothing") {
  for (const std::string text :
       {"signatures = 1\n", "[signatures]\nrequire = [\"filing.submitted\"]\n",
        "[signatures]\nrequired = [\"filing.submited\"]\n", "[signatures]\nrequired = \"x\"\n",
        "[signatures]\ndistinct = [[\"filing.submitted\"]]\n",
        "[signatures]\ndistinct = [\"filing.submitted\"]\n"}) {
    CAPTURE(text);
    Desk desk;
    desk.configure(text);
    const auto log = ledger::Log::open(desk.directory(), {});
    REQUIRE_FALSE(log);
    CHECK(log.error().message.en.find("`signatures` is not what it can be") != std::string::npos);
  }
}

TEST_CASE("a pack whose signatures are misspelt is refused with its line") {
  const auto error_of = [](const std::string& signatures) {
    const auto pack = policy::parse_pack(pack_text(1, "2017-01-01", signatures));
    return pack ? std::string() : pack.error().message.en.substr(pack.error().message.en.find('`'));
  };
  CHECK(error_of(rules) == accepted);
  CHECK(error_of("[signatures]\n") == accepted);
  CHECK(error_of("[signatures]\nrequired = [\"filing.submited\"]\n") ==
        "`signatures.required[0]`: got \"filing.submited\", wanted an event type of the catalogue");
  CHECK(error_of("[signatures]\nrequired = [\"filing.released\", \"filing.released\"]\n") ==
        "`signatures.required[1]`: got \"filing.released\", wanted each value once");
  CHECK(error_of("[signatures]\ndistinct = [[\"filing.released\"]]\n") ==
        "`signatures.distinct[0]`: got 1 values, wanted an array of two texts");
  CHECK(error_of("[signatures]\ndistinct = [\"filing.released\"]\n") ==
        "`signatures.distinct[0]`: got \"filing.released\", wanted an array of two texts");
  CHECK(error_of("[signatures]\ndistinct = [[\"filing.released\", \"no.such\"]]\n") ==
        "`signatures.distinct[0][1]`: got \"no.such\", wanted an event type of the catalogue");
  CHECK(error_of("[signatures]\nwanted = []\n").find("`signatures.wanted`") == 0);
}

}  // namespace
}  // namespace projections
