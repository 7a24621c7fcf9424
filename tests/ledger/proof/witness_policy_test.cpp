// Policies as C2SP tlog-policy writes them, and the checkpoints that they let pass.
#include "ledger/proof/witness_policy.h"

#include <catch2/catch.hpp>

#include "tests/ledger/proof/shown_log.h"

using namespace ledger;
using namespace ledger::proof;
using ledger::proof::test::ShownLog;

namespace {

CosigningKey witness(int number) {
  ed25519::Seed seed{};
  seed[1] = static_cast<std::byte>(number);
  return *CosigningKey::of("witness.example/" + std::to_string(number), seed);
}

std::string witness_line(const std::string& name, int number) {
  return "witness " + name + " " + witness(number).verifier().text() + "\n";
}

std::string log_line() {
  return "log " + ShownLog().key().verifier().text() + "\n";
}

std::string witness_lines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += witness_line("w" + std::to_string(i), i);
  return lines;
}

WitnessPolicy parsed(const std::string& text) {
  const auto policy = WitnessPolicy::parse(text);
  if (!policy) FAIL(policy.error().message.en);
  return *policy;
}

// A bit for each witness.
bool met(const WitnessPolicy& policy, unsigned said) {
  std::vector<bool> bits;
  for (std::size_t i = 0; i < policy.witnesses().size(); ++i) bits.push_back((said >> i & 1U) != 0);
  return policy.is_met_by(bits);
}

int count_of(unsigned bits) {
  int count = 0;
  for (; bits != 0; bits &= bits - 1) ++count;
  return count;
}

// The checkpoint of 5 entries, cosigned by those witnesses.
std::string cosigned(std::initializer_list<int> by) {
  const ShownLog log;
  const auto text = format(Checkpoint{log.origin(), log.head(5), {}});
  Note note{text, {log.key().sign(text)}};
  for (const int number : by)
    note.signatures.push_back(witness(number).cosign(text, 1'700'000'000));
  return format(note);
}

std::vector<LogIdentity> logs_of(const WitnessPolicy& policy) {
  std::vector<LogIdentity> logs;
  for (const auto& log : policy.logs()) logs.push_back({log.key, log.key.name()});
  return logs;
}

Result<WitnessedCheckpoint> open(const std::string& note, const WitnessPolicy& policy) {
  return open_witnessed(note, logs_of(policy), policy);
}

}  // namespace

TEST_CASE("a threshold is met by as many members as it says") {
  for (int members = 1; members <= 4; ++members) {
    for (int threshold = 1; threshold <= members; ++threshold) {
      std::string group = "group g " + std::to_string(threshold);
      for (int i = 0; i < members; ++i) group += " w" + std::to_string(i);
      const auto policy = parsed(witness_lines(members) + group + "\nquorum g\n");
      for (unsigned said = 0; said < 1U << members; ++said) {
        CAPTURE(members, threshold, said);
        CHECK(met(policy, said) == (count_of(said) >= threshold));
      }
    }
  }
}

TEST_CASE("groups of groups count their members' votes, not their witnesses") {
  const auto policy = parsed(witness_lines(6) +
                             "group x 2 w0 w1 w2\ngroup y any w3 w4\n"
                             "group both all x y\ngroup either any both w5\nquorum either\n");
  for (unsigned said = 0; said < 1U << 6U; ++said) {
    CAPTURE(said);
    const bool x = count_of(said & 7U) >= 2;
    const bool y = (said & 24U) != 0;
    CHECK(met(policy, said) == ((x && y) || (said & 32U) != 0));
  }
}

TEST_CASE("a quorum can be one witness, or nobody") {
  const auto one = parsed(witness_lines(2) + "quorum w1\n");
  CHECK(met(one, 2));
  CHECK_FALSE(met(one, 1));
  CHECK(met(parsed(witness_lines(2) + "quorum none\n"), 0));
  CHECK(met(parsed("quorum none\n"), 0));
}

TEST_CASE("blank lines, comments, tabs and any octets in names are allowed") {
  const auto policy =
      parsed("# a comment\n \t\n\t" + log_line() + "  # another\n" + "witness \t\xC3\xA9\xFF\t" +
             witness(1).verifier().text() + " http://127.0.0.1:1/w \n" + "quorum \xC3\xA9\xFF\t\n");
  REQUIRE(policy.logs().size() == 1);
  CHECK_FALSE(policy.logs()[0].url);
  REQUIRE(policy.witnesses().size() == 1);
  CHECK(policy.witnesses()[0].name == "\xC3\xA9\xFF");
  CHECK(policy.witnesses()[0].url == "http://127.0.0.1:1/w");
}

TEST_CASE("32 logs, witnesses and groups are not too many") {
  std::string text;
  for (int i = 1; i <= 32; ++i) {
    text += "log " + ShownLog("log.example/" + std::to_string(i), 100 + i).key().verifier().text() +
            "\n";
  }
  text += witness_lines(32);
  for (int i = 0; i < 32; ++i) {
    text += "group g" + std::to_string(i) + " any w" + std::to_string(i) +
            (i == 0 ? "" : " g" + std::to_string(i - 1)) + "\n";
  }
  CHECK(met(parsed(text + "quorum g31\n"), 1));
}

TEST_CASE("what is no policy is refused, and the line named") {
  const auto two = witness_lines(2);
  const auto w0 = witness(0).verifier().text();
  const std::vector<std::pair<std::string, std::string>> bad{
      {"", "there is no quorum line"},
      {two, "there is no quorum line"},
      {"quorum none", "line 1: it has no line end"},
      {"quorum none\r\n", "line 1: there is a control character"},
      {"quorum none\nquorum none\n", "line 2: there is a second quorum line"},
      {"quorum\n", "line 1: wanted `quorum NAME`"},
      {"quorum none none\n", "line 1: wanted `quorum NAME`"},
      {"quorum w0\n" + two, "line 1: no line above defines"},
      {two + "quorum w2\n", "line 3: no line above defines"},
      {two + "group g all\nquorum g\n", "line 3: wanted `group NAME"},
      {two + "group g 0 w0\nquorum g\n", "line 3: the threshold is \"0\""},
      {two + "group g 3 w0 w1\nquorum g\n", "line 3: the threshold is \"3\""},
      {two + "group g 01 w0 w1\nquorum g\n", "line 3: the threshold is \"01\""},
      {two + "group g most w0 w1\nquorum g\n", "line 3: the threshold is \"most\""},
      {two + "group g any g\nquorum g\n", "line 3: no line above defines"},
      {two + "group g any none\nquorum g\n", "line 3: no line above defines"},
      {two + "group g any w0 w0\nquorum g\n", "line 3: \"w0\" is a member already"},
      {two + "group g any w0\ngroup h any w0\nquorum g\n", "line 4: \"w0\" is a member already"},
      {two + "group w0 any w1\nquorum w0\n", "line 3: \"w0\" is defined already"},
      {two + "group none any w1\nquorum none\n", "line 3: `none` stands for no quorum"},
      {two + witness_line("w0", 2) + "quorum w0\n", "line 3: \"w0\" is defined already"},
      {two + witness_line("w2", 0) + "quorum w0\n", "line 3: the key of"},
      {log_line() + log_line() + "quorum none\n", "line 2: the key of"},
      {"witness w\nquorum w\n", "line 1: wanted `witness NAME VKEY [URL]`"},
      {"witness w " + w0 + " a b\nquorum w\n", "line 1: wanted `witness NAME VKEY [URL]`"},
      {"witness w nonsense\nquorum w\n", "line 1: verifier key \"nonsense\""},
      {"witness w " + ShownLog().key().verifier().text() + "\nquorum w\n", "is that of a log"},
      {"log " + w0 + "\nquorum none\n", "is that of a witness"},
      {"log\nquorum none\n", "line 1: wanted `log VKEY [URL]`"},
      {"Quorum none\n", "line 1: got \"Quorum\""},
      {std::string("quorum none\n\0\n", 14), "line 2: there is a control character"},
      {"quorum none\n\x7F\n", "line 2: there is a control character"},
  };
  for (const auto& [text, reason] : bad) {
    CAPTURE(text, reason);
    const auto policy = WitnessPolicy::parse(text);
    REQUIRE_FALSE(policy);
    CHECK(policy.error().code == ErrorCode::invalid);
    CHECK(policy.error().message.en.find(reason) != std::string::npos);
  }
}

TEST_CASE("a log cannot be its own witness, under whatever name") {
  const auto key = ShownLog().key().verifier().public_key();
  const auto disguised = *VerifierKey::of("witness.example/x", key, KeyType::cosignature);
  const auto line = "witness x " + disguised.text() + "\n";
  CHECK_FALSE(WitnessPolicy::parse(log_line() + line + "quorum x\n"));
  CHECK_FALSE(WitnessPolicy::parse(line + log_line() + "quorum x\n"));
}

TEST_CASE("a checkpoint passes when the log signed it and a quorum cosigned") {
  const auto policy = parsed(log_line() + witness_lines(3) + "group g 2 w0 w1 w2\nquorum g\n");
  const auto opened = open(cosigned({0, 2}), policy);
  REQUIRE(opened);
  CHECK(opened->checkpoint.tree == ShownLog().head(5));
  CHECK(opened->log.origin == ShownLog().origin());
  REQUIRE(opened->cosignatures.size() == 2);
  CHECK(opened->cosignatures[1].witness.name() == "witness.example/2");
  CHECK(opened->cosignatures[1].seconds == 1'700'000'000);
  CHECK(open(cosigned({0, 1, 2, 3}), policy));  // a stranger's is passed over
}

TEST_CASE(
    "a checkpoint does not pass with too few, with a stranger's or with a wrong cosignature") {
  const auto policy = parsed(log_line() + witness_lines(3) + "group g 2 w0 w1 w2\nquorum g\n");
  for (const auto& note : {cosigned({}), cosigned({1}), cosigned({1, 1}), cosigned({1, 3})}) {
    const auto opened = open(note, policy);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::corrupt);
    CHECK(opened.error().message.en.find("too few witnesses") != std::string::npos);
  }
  // One that is wrong rejects the note, though the others would do.
  auto note = *parse_note(cosigned({0, 1, 2}));
  note.signatures.back().bytes.back() ^= std::byte{1};
  CHECK_FALSE(open(format(note), policy));
  // Witnesses alone do not make it the log's.
  note = *parse_note(cosigned({0, 1}));
  note.signatures.erase(note.signatures.begin());
  CHECK_FALSE(open(format(note), policy));
}

TEST_CASE("a log's key vouches for the log of that name only") {
  const ShownLog other("log.example/south", 8);
  const auto policy =
      parsed(log_line() + "log " + other.key().verifier().text() + "\nquorum none\n");
  CHECK(open(cosigned({}), policy));
  const auto text = format(Checkpoint{ShownLog().origin(), ShownLog().head(5), {}});
  CHECK_FALSE(open(format(Note{text, {other.key().sign(text)}}), policy));
}
