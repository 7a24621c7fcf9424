#include "ledger/proof/proof_file.h"

#include <catch2/catch.hpp>

#include "ledger/proof/base64.h"
#include "ledger/proof/note.h"
#include "tests/ledger/proof/naive_tree.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

const std::string origin = "tally.example/north";

SigningKey log_key() {
  ed25519::Seed seed{};
  seed[0] = std::byte{1};
  return *SigningKey::of(origin, seed);
}

const test::NaiveTree& tree() {
  static const auto tree = test::NaiveTree::of_size(7);
  return tree;
}

ProofFile proof_of(std::uint64_t index) {
  const Checkpoint checkpoint{origin, {tree().size(), tree().root()}, {}};
  const std::vector<SigningKey> keys{log_key()};
  return {std::nullopt, Sequence{index}, tree().path(index, 7),
          sign_note(format(checkpoint), keys)};
}

}  // namespace

TEST_CASE("a proof file is the form of tlog-proof, and reads back") {
  const ProofFile proof = proof_of(5);
  std::string expected = "c2sp.org/tlog-proof@v1\nindex 5\n";
  for (const Hash& hash : proof.hashes) expected += encode_base64(hash) + "\n";
  expected += "\n" + proof.checkpoint;
  CHECK(format(proof) == expected);
  const auto parsed = parse_proof_file(expected);
  REQUIRE(parsed);
  CHECK_FALSE(parsed->extra);
  CHECK(parsed->index == Sequence{5});
  CHECK(parsed->hashes == proof.hashes);
  CHECK(parsed->checkpoint == proof.checkpoint);
}

TEST_CASE("a proof file proves its entry to whoever knows the log's key") {
  for (std::uint64_t i = 0; i < 7; ++i) {
    CAPTURE(i);
    const auto parsed = parse_proof_file(format(proof_of(i)));
    REQUIRE(parsed);
    const auto checkpoint = check_proof(*parsed, tree().leaf(i), log_key().verifier(), origin);
    REQUIRE(checkpoint);
    CHECK(checkpoint->tree.size == TreeSize{7});
    CHECK_FALSE(check_proof(*parsed, tree().leaf((i + 1) % 7), log_key().verifier(), origin));
  }
  ProofFile moved = proof_of(3);
  moved.index = Sequence{4};
  CHECK_FALSE(check_proof(moved, tree().leaf(3), log_key().verifier(), origin));
  moved.index = Sequence{7};
  CHECK_FALSE(check_proof(moved, tree().leaf(3), log_key().verifier(), origin));
}

TEST_CASE("extra data travels along") {
  ProofFile proof = proof_of(0);
  proof.extra = std::vector<std::byte>{std::byte{1}, std::byte{2}};
  const std::string text = format(proof);
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nextra AQI=\nindex 0\n"));
  const auto parsed = parse_proof_file(text);
  REQUIRE(parsed);
  CHECK(parsed->extra == proof.extra);
}

TEST_CASE("a proof in a tree of one entry has no hashes") {
  ProofFile proof = proof_of(0);
  proof.hashes.clear();
  CHECK(format(proof).starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\ntally.example/north\n"));
  CHECK(parse_proof_file(format(proof)));
}

TEST_CASE("a proof file that departs from the format is refused") {
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  const std::string hash = encode_base64(tree().leaf(0)) + "\n";
  const std::string end = "\n" + proof_of(0).checkpoint;
  std::string too_many;
  for (int i = 0; i < 65; ++i) too_many += hash;
  const auto text =
      GENERATE_COPY(values<std::string>({"",
                                         "\n",
                                         head,
                                         head + "index 0\n",
                                         head + "index 0\n" + hash,
                                         head + "index 0\n" + hash + "\n",
                                         "c2sp.org/tlog-proof@v2\nindex 0\n" + end,
                                         "\n" + head + "index 0\n" + end,
                                         head + "index\n" + end,
                                         head + "index \n" + end,
                                         head + "index 00\n" + end,
                                         head + "index -1\n" + end,
                                         head + "index 1 \n" + end,
                                         head + "Index 1\n" + end,
                                         head + "index 18446744073709551616\n" + end,
                                         head + end,
                                         head + "extra \nindex 0\n" + end,
                                         head + "extra AQI\nindex 0\n" + end,
                                         head + "extra AQJ=\nindex 0\n" + end,
                                         head + "extra AQI=\n" + end,
                                         head + "index 0\nextra AQI=\n" + end,
                                         head + "extra AQI=\nextra AQI=\nindex 0\n" + end,
                                         head + "index 0\n" + hash.substr(4) + end,
                                         head + "index 0\n" + too_many + end,
                                         head + "index 0\n" + hash + "\n" + end,
                                         head + "index 0\n" + end + "\n",
                                         head + "index 0\n\nno checkpoint\n",
                                         head + "index 0\r\n" + end}));
  CAPTURE(text);
  const auto parsed = parse_proof_file(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::invalid);
}
