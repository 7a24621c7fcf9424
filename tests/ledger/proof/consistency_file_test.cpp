#include "ledger/proof/consistency_file.h"

#include <catch2/catch.hpp>

#include "ledger/proof/base64.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/note.h"
#include "tests/ledger/proof/naive_tree.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

const std::string origin = "tally.example/north";

SigningKey key() {
  ed25519::Seed seed{};
  seed[0] = std::byte{7};
  return *SigningKey::of(origin, seed);
}

const test::NaiveTree& tree() {
  static const auto built = test::NaiveTree::of_size(40);
  return built;
}

TreeHead head(std::uint64_t size) {
  return {TreeSize{size}, tree().root(0, size)};
}

ConsistencyFile proof_of(std::uint64_t old_size, std::uint64_t size) {
  const std::vector<SigningKey> keys{key()};
  return {TreeSize{old_size},
          old_size == 0 ? std::vector<Hash>{} : tree().consistency(old_size, size),
          sign_note(format(Checkpoint{origin, head(size), {}}), keys)};
}

Result<Checkpoint> check_text(const std::string& text, const TreeHead& old) {
  const auto proof = TRY(parse_consistency_file(text));
  return check_consistency(proof, old, key().verifier(), origin);
}

}  // namespace

TEST_CASE("a log is proven to continue each of its pasts, through the file") {
  for (std::uint64_t size = 1; size <= 40; ++size) {
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      CAPTURE(size, old_size);
      const auto text = format(proof_of(old_size, size));
      const auto parsed = parse_consistency_file(text);
      REQUIRE(parsed);
      REQUIRE(format(*parsed) == text);
      const auto checkpoint = check_text(text, head(old_size));
      REQUIRE(checkpoint);
      CHECK(checkpoint->tree == head(size));
    }
  }
}

TEST_CASE("no byte of a consistency file can change unnoticed") {
  const auto text = format(proof_of(13, 37));
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const int bit : {1, 2, 32, 128}) {
      auto mangled = text;
      mangled[i] = static_cast<char>(mangled[i] ^ bit);
      CAPTURE(i, bit);
      REQUIRE_FALSE(check_text(mangled, head(13)));
    }
    auto shorter = text;
    shorter.erase(i, 1);
    REQUIRE_FALSE(check_text(shorter, head(13)));
    REQUIRE_FALSE(check_text(text.substr(0, i), head(13)));
  }
}

TEST_CASE("another past is not continued, whatever its size") {
  const auto text = format(proof_of(13, 37));
  CHECK_FALSE(check_text(text, head(12)));
  CHECK_FALSE(check_text(text, {TreeSize{13}, tree().leaf(0)}));
  CHECK_FALSE(check_text(format(proof_of(0, 37)), {TreeSize{0}, tree().leaf(0)}));
  const auto complete = format(proof_of(16, 37));
  CHECK(check_text(complete, head(16)));
  CHECK_FALSE(check_text(complete, {TreeSize{16}, tree().leaf(0)}));
}

TEST_CASE("a file that departs from the format is refused") {
  const auto text = format(proof_of(13, 37));
  const auto rest = text.substr(text.find('\n'));
  const std::string hash = encode_base64(empty_root()) + "\n";
  const auto mangled = GENERATE_COPY(values<std::string>(
      {"", "\n", "old\n", "old 13", "old 13" + rest.substr(0, rest.find("\n\n") + 2),
       "old 013" + rest, "old -1" + rest, "old  13" + rest, "Old 13" + rest, "old 13 " + rest,
       "old 18446744073709551616" + rest, "old 13\r" + rest, "old 13\n" + rest,
       "old 13\nAAAA" + rest, "old 13\n" + hash + "\n" + hash + rest, " " + text, text + "x",
       text + "\n"}));
  CAPTURE(mangled);
  const auto parsed = parse_consistency_file(mangled);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::invalid);
}

TEST_CASE("a consistency file has at most 63 hashes") {
  const auto note = proof_of(13, 37).checkpoint;
  std::string many = "old 13\n";
  for (int i = 0; i < 63; ++i) many += encode_base64(empty_root()) + "\n";
  CHECK(parse_consistency_file(many + "\n" + note));
  many += encode_base64(empty_root()) + "\n";
  CHECK_FALSE(parse_consistency_file(many + "\n" + note));
}
