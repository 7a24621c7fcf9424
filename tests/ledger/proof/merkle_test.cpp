// Exhaustive for small trees, against the definitions of RFC 6962 (naive_tree.h).
#include "ledger/proof/merkle.h"

#include <catch2/catch.hpp>

#include "ledger/proof/hash.h"
#include "tests/ledger/proof/naive_tree.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

constexpr std::uint64_t size_max = 130;

const test::NaiveTree& tree() {
  static const auto tree = test::NaiveTree::of_size(size_max);
  return tree;
}

TreeHead head(std::uint64_t size) {
  return {TreeSize{size}, tree().root(0, size)};
}

Hash flipped(Hash hash) {
  hash[7] ^= std::byte{1};
  return hash;
}

ErrorCode code(const Status& status) {
  REQUIRE_FALSE(status);
  return status.error().code;
}

}  // namespace

TEST_CASE("every entry of every tree is proven by its path, and by nothing near it") {
  for (std::uint64_t size = 1; size <= size_max; ++size) {
    const TreeHead now = head(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      CAPTURE(size, i);
      auto proof = tree().path(i, size);
      REQUIRE(verify_inclusion(Sequence{i}, tree().leaf(i), now, proof));
      CHECK(code(verify_inclusion(Sequence{i}, flipped(tree().leaf(i)), now, proof)) ==
            ErrorCode::corrupt);
      CHECK_FALSE(verify_inclusion(Sequence{i + 1}, tree().leaf(i), now, proof));
      CHECK_FALSE(
          verify_inclusion(Sequence{i}, tree().leaf(i), {now.size, flipped(now.root)}, proof));
      for (auto& hash : proof) {
        hash = flipped(hash);
        REQUIRE(code(verify_inclusion(Sequence{i}, tree().leaf(i), now, proof)) ==
                ErrorCode::corrupt);
        hash = flipped(hash);
      }
      proof.push_back(now.root);
      CHECK(code(verify_inclusion(Sequence{i}, tree().leaf(i), now, proof)) == ErrorCode::invalid);
      proof.pop_back();
      if (proof.empty()) continue;
      proof.pop_back();
      CHECK(code(verify_inclusion(Sequence{i}, tree().leaf(i), now, proof)) == ErrorCode::invalid);
    }
  }
}

TEST_CASE("a leaf beyond the tree is not in it") {
  CHECK(code(verify_inclusion(Sequence{0}, tree().leaf(0), head(0), {})) == ErrorCode::invalid);
  CHECK(code(verify_inclusion(Sequence{5}, tree().leaf(5), head(5), tree().path(4, 5))) ==
        ErrorCode::invalid);
}

TEST_CASE("every tree is proven to continue each of its beginnings, and no other tree") {
  for (std::uint64_t size = 1; size <= size_max; ++size) {
    const TreeHead now = head(size);
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      CAPTURE(size, old_size);
      const TreeHead old = head(old_size);
      auto proof = tree().consistency(old_size, size);
      REQUIRE(verify_consistency(old, now, proof));
      CHECK(code(verify_consistency({old.size, flipped(old.root)}, now, proof)) ==
            ErrorCode::corrupt);
      CHECK(code(verify_consistency(old, {now.size, flipped(now.root)}, proof)) ==
            ErrorCode::corrupt);
      for (auto& hash : proof) {
        hash = flipped(hash);
        REQUIRE(code(verify_consistency(old, now, proof)) == ErrorCode::corrupt);
        hash = flipped(hash);
      }
      proof.push_back(now.root);
      CHECK(code(verify_consistency(old, now, proof)) == ErrorCode::invalid);
      proof.pop_back();
      if (proof.empty()) continue;
      proof.pop_back();
      CHECK(code(verify_consistency(old, now, proof)) == ErrorCode::invalid);
      CHECK(code(verify_consistency(old, now, {})) == ErrorCode::invalid);
    }
  }
}

TEST_CASE("the empty tree is the beginning of every tree, by an empty proof and one root") {
  for (const std::uint64_t size : {0U, 1U, 2U, 7U, 128U}) {
    CAPTURE(size);
    const std::vector<Hash> some{empty_root()};
    CHECK(verify_consistency(head(0), head(size), {}));
    CHECK(code(verify_consistency(head(0), head(size), some)) == ErrorCode::invalid);
    CHECK(code(verify_consistency({TreeSize{0}, tree().leaf(0)}, head(size), {})) ==
          ErrorCode::corrupt);
  }
  CHECK_FALSE(verify_consistency({TreeSize{0}, tree().leaf(0)}, {TreeSize{0}, tree().leaf(0)}, {}));
}

TEST_CASE("no tree continues a greater one") {
  CHECK(code(verify_consistency(head(3), head(2), {})) == ErrorCode::invalid);
  CHECK(code(verify_consistency(head(1), head(0), {})) == ErrorCode::invalid);
}

TEST_CASE("proofs about the greatest trees end, whatever is in them") {
  const std::vector<Hash> many(200, empty_root());
  const TreeHead greatest{TreeSize{~std::uint64_t{0}}, empty_root()};
  const TreeHead half{TreeSize{std::uint64_t{1} << 63}, empty_root()};
  CHECK_FALSE(verify_inclusion(Sequence{~std::uint64_t{0} - 1}, empty_root(), greatest, many));
  CHECK_FALSE(verify_inclusion(Sequence{0}, empty_root(), greatest, many));
  CHECK_FALSE(verify_consistency(half, greatest, many));
  CHECK_FALSE(verify_consistency({TreeSize{~std::uint64_t{0} - 1}, {}}, greatest, many));
}
