#include "ledger/proof/tree_hashes.h"

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "ledger/proof/hash.h"
#include "ledger/proof/sha_instructions.h"
#include "tests/ledger/proof/hex.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

std::string noise(std::size_t length, std::mt19937& random) {
  std::string text(length, '\0');
  for (auto& byte : text) byte = static_cast<char>(random());
  return text;
}

void check_leaves(const std::vector<std::string>& texts) {
  // Of their exact length each, so that a sanitizer sees a byte read beyond.
  std::vector<std::vector<std::byte>> kept;
  for (const auto& text : texts) {
    const auto bytes = bytes_of(text);
    kept.emplace_back(bytes.begin(), bytes.end());
  }
  const std::vector<Bytes> entries(kept.begin(), kept.end());
  const auto leaves = hash_leaves(entries);
  REQUIRE(leaves.size() == entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CAPTURE(i, entries.size(), entries[i].size());
    REQUIRE(leaves[i] == hash_leaf(entries[i]));
  }
}

}  // namespace

TEST_CASE("entries of all lengths have the leaves that they have alone") {
  std::mt19937 random(1);
  std::vector<std::string> texts;
  for (std::size_t length = 0; length <= 300; ++length) texts.push_back(noise(length, random));
  check_leaves(texts);
}

TEST_CASE("an entry alone or with another, of any lengths, has its own leaf") {
  std::mt19937 random(2);
  // Around the ends of a first, second and third block, with and without room for the padding.
  const std::vector<std::size_t> lengths{0,   1,   54,  55,  56,  62,  63,  64,  65,
                                         118, 119, 120, 126, 127, 128, 182, 183, 191};
  for (const auto one : lengths) {
    check_leaves({noise(one, random)});
    for (const auto other : lengths) check_leaves({noise(one, random), noise(other, random)});
  }
}

TEST_CASE("entries of mixed lengths, one long among them, have the leaves that they have alone") {
  const auto seed = GENERATE(range(1U, 41U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::vector<std::string> texts;
  for (auto left = random() % 9; left > 0; --left) texts.push_back(noise(random() % 700, random));
  texts.push_back(noise(70'000, random));
  for (auto left = random() % 9; left > 0; --left) texts.push_back(noise(random() % 700, random));
  check_leaves(texts);
}

TEST_CASE("nodes are those over each two children, also where the children lay") {
  std::mt19937 random(3);
  for (std::size_t count = 0; count <= 20; ++count) {
    CAPTURE(count);
    std::vector<Hash> children;
    while (children.size() < 2 * count) children.push_back(sha256(bytes_of(noise(9, random))));
    std::vector<Hash> expected;
    for (std::size_t i = 0; i < count; ++i) {
      expected.push_back(hash_node(children[2 * i], children[2 * i + 1]));
    }
    std::vector<Hash> nodes(count);
    hash_nodes(children, nodes);
    CHECK(nodes == expected);
    hash_nodes(children, std::span(children).first(count));
    children.resize(count);
    CHECK(children == expected);
  }
}

TEST_CASE("the processor's instructions give the digest of FIPS 180-4") {
  if (!has_sha_instructions()) {
    WARN("skipped: this processor has no instructions for SHA-256");
    return;
  }
  // "abc", padded to one block.
  std::array<std::byte, sha_block_bytes> block{std::byte{'a'}, std::byte{'b'}, std::byte{'c'},
                                               std::byte{0x80}};
  block.back() = std::byte{24};
  constexpr auto digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  ShaState alone, one, other;
  compress(alone, block.data());
  compress(one, block.data(), other, block.data());
  for (const auto& state : {alone, one, other}) CHECK(test::hex(state.digest()) == digest);
}
