#include "ledger/proof/frontier.h"

#include <algorithm>
#include <array>
#include <bit>

#include "ledger/base/check.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/tree_hashes.h"

namespace ledger::proof {
namespace {

constexpr std::size_t size_bytes = 8;

bool has_bit(std::uint64_t size, unsigned level) {
  return ((size >> level) & 1) != 0;
}

}  // namespace

void Frontier::append(const Hash& leaf) {
  append_subtree(0, leaf);
}

void Frontier::append_subtree(unsigned level, const Hash& root) {
  check(level < 64 && (size_.value & ((std::uint64_t{1} << level) - 1)) == 0,
        "a subtree is appended where it is aligned");
  const std::uint64_t added = std::uint64_t{1} << level;
  check(size_.value + added > size_.value, "a tree has fewer than 2^64 leaves");

  level_appended_ = level;
  Hash hash = root;
  while (has_bit(size_.value, level)) {
    const std::array<Hash, 2> children{subtrees_[level], hash};
    subtrees_[level] = hash;
    hash_nodes(children, {&hash, 1});
    ++level;
  }
  subtrees_[level] = hash;
  size_.value += added;
}

Hash Frontier::root() const {
  if (size_.value == 0) return empty_root();
  auto level = static_cast<unsigned>(std::countr_zero(size_.value));
  Hash hash = subtrees_[level];
  for (++level; level < 64; ++level) {
    if (has_bit(size_.value, level)) hash = hash_node(subtrees_[level], hash);
  }
  return hash;
}

const Hash& Frontier::completed(unsigned level) const {
  check(size_.value != 0 && level >= level_appended_ &&
            level <= static_cast<unsigned>(std::countr_zero(size_.value)),
        "a completed subtree ends at the last leaf, and was hashed here");
  return subtrees_[level];
}

std::vector<std::byte> Frontier::serialise() const {
  std::vector<std::byte> bytes;
  bytes.reserve(size_bytes +
                static_cast<std::size_t>(std::popcount(size_.value)) * std::tuple_size_v<Hash>);
  for (unsigned shift = 64; shift != 0; shift -= 8) {
    bytes.push_back(static_cast<std::byte>((size_.value >> (shift - 8)) & 0xFF));
  }
  for (unsigned level = 64; level-- > 0;) {
    if (!has_bit(size_.value, level)) continue;
    bytes.insert(bytes.end(), subtrees_[level].begin(), subtrees_[level].end());
  }
  return bytes;
}

Result<Frontier> Frontier::parse(Bytes bytes) {
  if (bytes.size() < size_bytes) {
    return Error{ErrorCode::corrupt,
                 worded("the tree's frontier has {} bytes, less than its size takes",
                        "默克尔树的前沿只有 {} 字节，不足以存放其规模", bytes.size())};
  }
  Frontier frontier;
  for (std::size_t i = 0; i < size_bytes; ++i) {
    frontier.size_.value = frontier.size_.value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  }
  const std::size_t wanted =
      size_bytes + static_cast<std::size_t>(std::popcount(frontier.size_.value)) * sizeof(Hash);
  if (bytes.size() != wanted) {
    return Error{ErrorCode::corrupt,
                 worded("the frontier of a tree of size {} takes {} bytes, got {}",
                        "规模 {} 的默克尔树，其前沿应为 {} 字节，得到 {}", frontier.size_.value,
                        wanted, bytes.size())};
  }
  std::size_t offset = size_bytes;
  for (unsigned level = 64; level-- > 0;) {
    if (!has_bit(frontier.size_.value, level)) continue;
    const Bytes hash = bytes.subspan(offset, sizeof(Hash));
    std::copy(hash.begin(), hash.end(), frontier.subtrees_[level].begin());
    offset += sizeof(Hash);
  }
  if (frontier.size_.value != 0) {
    frontier.level_appended_ = static_cast<unsigned>(std::countr_zero(frontier.size_.value));
  }
  return frontier;
}

}  // namespace ledger::proof
