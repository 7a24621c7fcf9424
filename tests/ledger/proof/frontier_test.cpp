#include "ledger/proof/frontier.h"

#include <bit>
#include <catch2/catch.hpp>

#include "ledger/proof/hash.h"
#include "tests/ledger/proof/naive_tree.h"

using namespace ledger;
using namespace ledger::proof;

TEST_CASE("the frontier has the root of RFC 6962 at every size") {
  const auto tree = test::NaiveTree::of_size(300);
  Frontier frontier;
  CHECK(frontier.root() == empty_root());
  for (std::uint64_t i = 0; i < 300; ++i) {
    CAPTURE(i);
    frontier.append(tree.leaf(i));
    REQUIRE(frontier.size() == TreeSize{i + 1});
    REQUIRE(frontier.root() == tree.root(0, i + 1));
  }
}

TEST_CASE("an append tells the subtrees that it has completed") {
  const auto tree = test::NaiveTree::of_size(130);
  Frontier frontier;
  for (std::uint64_t size = 1; size <= 130; ++size) {
    frontier.append(tree.leaf(size - 1));
    for (unsigned level = 0; level <= static_cast<unsigned>(std::countr_zero(size)); ++level) {
      CAPTURE(size, level);
      REQUIRE(frontier.completed(level) == tree.root(size - (std::uint64_t{1} << level), size));
    }
  }
}

TEST_CASE("a stored frontier goes on as if it had never been stored") {
  const auto tree = test::NaiveTree::of_size(135);
  Frontier frontier;
  for (std::uint64_t size = 0; size <= 130; ++size) {
    CAPTURE(size);
    const auto bytes = frontier.serialise();
    REQUIRE(bytes.size() == 8 + 32 * static_cast<std::size_t>(std::popcount(size)));
    auto restored = Frontier::parse(bytes);
    REQUIRE(restored);
    CHECK(restored->serialise() == bytes);
    for (std::uint64_t i = size; i < size + 5; ++i) restored->append(tree.leaf(i));
    REQUIRE(restored->root() == tree.root(0, size + 5));
    frontier.append(tree.leaf(size));
  }
}

TEST_CASE("the stored frontier is the size, big-endian, then the greatest subtree first") {
  const auto tree = test::NaiveTree::of_size(6);
  Frontier frontier;
  for (const Hash& leaf : tree.leaves()) frontier.append(leaf);
  const auto bytes = frontier.serialise();
  const std::string expected = std::string(7, '\0') + '\x06' +
                               std::string(text_of(tree.root(0, 4))) +
                               std::string(text_of(tree.root(4, 6)));
  CHECK(text_of(bytes) == expected);
}

TEST_CASE("a damaged frontier is refused") {
  Frontier frontier;
  for (int i = 0; i < 7; ++i) frontier.append(empty_root());
  auto bytes = frontier.serialise();
  CHECK_FALSE(Frontier::parse({}));
  CHECK_FALSE(Frontier::parse(Bytes(bytes).first(7)));
  CHECK_FALSE(Frontier::parse(Bytes(bytes).first(bytes.size() - 1)));
  bytes.push_back(std::byte{0});
  const auto refused = Frontier::parse(bytes);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::corrupt);
}

TEST_CASE("whole subtrees append like their leaves") {
  const auto tree = test::NaiveTree::of_size(71);
  for (unsigned level = 0; level <= 6; ++level) {
    CAPTURE(level);
    const std::uint64_t width = std::uint64_t{1} << level;
    Frontier frontier;
    std::uint64_t begin = 0;
    for (; begin + width <= 71; begin += width) {
      frontier.append_subtree(level, tree.root(begin, begin + width));
    }
    for (; begin < 71; ++begin) frontier.append(tree.leaf(begin));
    CHECK(frontier.size() == TreeSize{71});
    CHECK(frontier.root() == tree.root());
  }
}
