#include "tests/ledger/proof/naive_tree.h"

#include <string>

#include "ledger/proof/hash.h"

namespace ledger::proof::test {
namespace {

Hash naive_hash(const std::string& message) {
  return sha256(bytes_of(message));
}

std::string text(const Hash& hash) {
  return std::string(text_of(hash));
}

// The largest power of two smaller than `count`, which is at least 2.
std::uint64_t split(std::uint64_t count) {
  std::uint64_t power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

}  // namespace

NaiveTree NaiveTree::of_size(std::uint64_t size) {
  NaiveTree tree;
  for (std::uint64_t i = 0; i < size; ++i) {
    tree.leaves_.push_back(naive_hash(std::string(1, '\0') + std::to_string(i)));
  }
  return tree;
}

NaiveTree NaiveTree::forked(std::uint64_t size, std::uint64_t fork) {
  NaiveTree tree = of_size(size);
  for (std::uint64_t i = fork; i < size; ++i) {
    tree.leaves_[i] = naive_hash(std::string(1, '\0') + "not " + std::to_string(i));
  }
  return tree;
}

Hash NaiveTree::root(std::uint64_t begin, std::uint64_t end) const {
  if (begin == end) return naive_hash("");
  if (end - begin == 1) return leaves_[begin];
  const std::uint64_t middle = begin + split(end - begin);
  return naive_hash("\x01" + text(root(begin, middle)) + text(root(middle, end)));
}

std::vector<Hash> NaiveTree::path(std::uint64_t index, std::uint64_t size) const {
  return path(index, 0, size);
}

std::vector<Hash> NaiveTree::path(std::uint64_t index, std::uint64_t begin,
                                  std::uint64_t end) const {
  if (end - begin == 1) return {};
  const std::uint64_t middle = begin + split(end - begin);
  const bool left = index < middle;
  auto hashes = left ? path(index, begin, middle) : path(index, middle, end);
  hashes.push_back(left ? root(middle, end) : root(begin, middle));
  return hashes;
}

std::vector<Hash> NaiveTree::consistency(std::uint64_t old_size, std::uint64_t size) const {
  return subproof(old_size, 0, size, true);
}

std::vector<Hash> NaiveTree::subproof(std::uint64_t old_size, std::uint64_t begin,
                                      std::uint64_t end, bool known) const {
  if (old_size == end - begin) {
    return known ? std::vector<Hash>{} : std::vector<Hash>{root(begin, end)};
  }
  const std::uint64_t half = split(end - begin);
  const std::uint64_t middle = begin + half;
  if (old_size <= half) {
    auto hashes = subproof(old_size, begin, middle, known);
    hashes.push_back(root(middle, end));
    return hashes;
  }
  auto hashes = subproof(old_size - half, middle, end, false);
  hashes.push_back(root(begin, middle));
  return hashes;
}

}  // namespace ledger::proof::test
