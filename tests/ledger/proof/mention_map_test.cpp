// The map of mentions: every list proven, every other list refused, whatever the size.
#include "ledger/proof/mention_map.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "ledger/proof/hash.h"

namespace ledger::proof {
namespace {

using Lists = std::map<std::string, std::vector<Sequence>>;

// So many ids, some with one event and some with several.
Lists lists_of(int ids) {
  Lists lists;
  for (std::uint64_t index = 0, id = 0; id < static_cast<std::uint64_t>(ids); ++id) {
    for (std::uint64_t times = 0; times <= id % 4; ++times) {
      lists["O" + std::to_string(id)].push_back(Sequence{index});
      index += 1 + id % 3;
    }
  }
  return lists;
}

MentionMap map_of(const Lists& lists) {
  MentionMap map;
  for (const auto& [id, indexes] : lists) {
    for (const auto index : indexes) map.add(id, index);
  }
  return map;
}

MentionProof proof_of(const std::vector<MentionLeaf>& leaves, const std::string& id) {
  MentionProof proof;
  add_path(leaves, mention_key(id), 0, proof);
  return proof;
}

}  // namespace

TEST_CASE("every list is proven, and no list that lacks, adds, swaps or changes an event") {
  const auto lists = lists_of(GENERATE(range(1, 40)));
  const auto map = map_of(lists);
  const auto leaves = map.leaves();
  const auto root = map.root();
  for (const auto& [id, indexes] : lists) {
    CAPTURE(lists.size(), id);
    const auto proof = proof_of(leaves, id);
    REQUIRE(verify_mentions(id, indexes, proof, root));
    REQUIRE_FALSE(verify_mentions(id, {}, proof, root));
    REQUIRE_FALSE(verify_mentions(id + "x", indexes, proof, root));
    for (std::size_t at = 0; at < indexes.size(); ++at) {
      auto other = indexes;
      other.erase(other.begin() + static_cast<std::ptrdiff_t>(at));
      REQUIRE_FALSE(verify_mentions(id, other, proof, root));
      other = indexes;
      other[at] = Sequence{other[at].value + 1'000};
      REQUIRE_FALSE(verify_mentions(id, other, proof, root));
      other = indexes;
      std::swap(other.front(), other[at]);
      REQUIRE((at == 0 || !verify_mentions(id, other, proof, root)));
    }
    auto longer = indexes;
    longer.push_back(Sequence{indexes.back().value + 1});
    REQUIRE_FALSE(verify_mentions(id, longer, proof, root));
    longer.back() = indexes.back();
    REQUIRE_FALSE(verify_mentions(id, longer, proof, root));
  }
}

TEST_CASE("an id without events is proven to have none, and to have nothing else") {
  const auto lists = lists_of(GENERATE(range(0, 40)));
  const auto map = map_of(lists);
  const auto leaves = map.leaves();
  for (int number = 0; number < 60; ++number) {
    const auto id = "C" + std::to_string(number);
    CAPTURE(lists.size(), id);
    const auto proof = proof_of(leaves, id);
    REQUIRE(verify_mentions(id, {}, proof, map.root()));
    REQUIRE_FALSE(verify_mentions(id, std::vector{Sequence{3}}, proof, map.root()));
    // Nor does its proof say so of an id that has some.
    for (const auto& [taken, indexes] : lists) {
      REQUIRE_FALSE(verify_mentions(taken, {}, proof, map.root()));
    }
  }
}

TEST_CASE("a proof with any hash changed, left out or added proves nothing") {
  const auto lists = lists_of(33);
  const auto map = map_of(lists);
  const auto leaves = map.leaves();
  for (const auto& [id, indexes] : lists) {
    const auto proof = proof_of(leaves, id);
    for (std::size_t at = 0; at < proof.siblings.size(); ++at) {
      auto other = proof;
      other.siblings[at][7] ^= std::byte{1};
      REQUIRE_FALSE(verify_mentions(id, indexes, other, map.root()));
      other = proof;
      other.siblings.erase(other.siblings.begin() + static_cast<std::ptrdiff_t>(at));
      REQUIRE_FALSE(verify_mentions(id, indexes, other, map.root()));
      other = proof;
      other.siblings.insert(other.siblings.begin() + static_cast<std::ptrdiff_t>(at), Hash{});
      REQUIRE_FALSE(verify_mentions(id, indexes, other, map.root()));
    }
    auto other = proof;
    other.siblings.resize(257);
    CHECK(verify_mentions(id, indexes, other, map.root()).error().code == ErrorCode::invalid);
  }
}

TEST_CASE("another leaf stands only where its own key leads") {
  const auto lists = lists_of(20);
  const auto map = map_of(lists);
  const auto leaves = map.leaves();
  for (int number = 0; number < 40; ++number) {
    const auto id = "C" + std::to_string(number);
    for (const auto& leaf : leaves) {
      auto proof = proof_of(leaves, id);
      if (proof.other == leaf) continue;
      proof.other = leaf;
      REQUIRE_FALSE(verify_mentions(id, {}, proof, map.root()));
    }
  }
}

TEST_CASE("the map of nothing has a root of zeros, and that of one id is its leaf") {
  CHECK(MentionMap().root() == Hash{});
  MentionMap one;
  one.add("O1", Sequence{7});
  CHECK(one.root() == part_of(one.leaves().front()).hash);
  CHECK(proof_of(one.leaves(), "O1").siblings.empty());
  // The prefixes keep what the map hashes apart from what the log hashes.
  CHECK(mention_key("O1") == sha256(bytes_of("\x05O1")));
}

TEST_CASE("parts join to the same root wherever the map is cut") {
  const auto leaves = map_of(lists_of(37)).leaves();
  for (unsigned bits = 0; bits <= 7; ++bits) {
    std::vector<MentionPart> parts;
    for (std::uint64_t number = 0; number < std::uint64_t{1} << bits; ++number) {
      std::vector<MentionLeaf> under;
      for (const auto& leaf : leaves) {
        std::uint64_t first = 0;
        for (unsigned depth = 0; depth < bits; ++depth) {
          first = first << 1U | (key_bit(leaf.key, depth) ? 1U : 0U);
        }
        if (first == number) under.push_back(leaf);
      }
      parts.push_back(part_of(under, bits));
    }
    while (parts.size() > 1) {
      std::vector<MentionPart> wider;
      for (std::size_t i = 0; i < parts.size(); i += 2) {
        wider.push_back(joined(parts[i], parts[i + 1]));
      }
      parts = std::move(wider);
    }
    CHECK(parts.front() == part_of(leaves));
  }
}

}  // namespace ledger::proof
