#include "ledger/proof/tree_hashes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include "ledger/base/check.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/sha_instructions.h"

namespace ledger::proof {
namespace {

// A message on its way: a prefix of one byte and the rest, which lies where it lay, but for the
// first block and what is padded (FIPS 180-4, section 5.1.1).
class PaddedMessage {
 public:
  // The result goes to `digest`. Whole blocks of `rest` are read until it is done.
  void begin(std::byte prefix, Bytes rest, Hash& digest) {
    const auto length = 1 + rest.size();
    // Nodes are all of one length.
    if (length != length_) pad(length);
    rest_ = rest.data();
    next_ = 0;
    state_ = {};
    digest_ = &digest;
    if (whole_ == 0) {
      tail_[0] = prefix;
      std::copy(rest.begin(), rest.end(), tail_.begin() + 1);
    } else {
      first_[0] = prefix;
      std::memcpy(first_.data() + 1, rest_, sha_block_bytes - 1);
      const auto beyond = static_cast<std::ptrdiff_t>(length % sha_block_bytes);
      std::copy(rest.end() - beyond, rest.end(), tail_.begin());
    }
  }

  std::size_t blocks_left() const { return count_ - next_; }

  const std::byte* take_block() {
    const auto at = next_++;
    if (at >= whole_) return tail_.data() + (at - whole_) * sha_block_bytes;
    return at == 0 ? first_.data() : rest_ + at * sha_block_bytes - 1;
  }

  ShaState& state() { return state_; }

  // Hands out the digest once no block is left.
  void end() { *digest_ = state_.digest(); }

 private:
  void pad(std::size_t length) {
    const auto beyond = length % sha_block_bytes;  // in the last block, before the padding
    length_ = length;
    whole_ = length / sha_block_bytes;
    count_ = whole_ + (beyond + 1 + sizeof(std::uint64_t) > sha_block_bytes ? 2 : 1);
    tail_.fill(std::byte{0});
    tail_[beyond] = std::byte{0x80};
    auto bits = std::uint64_t{length} * 8;
    for (auto at = (count_ - whole_) * sha_block_bytes; bits != 0; bits >>= 8) {
      tail_[--at] = static_cast<std::byte>(bits & 0xFF);
    }
  }

  ShaState state_;
  const std::byte* rest_{};
  std::size_t length_{};  // in bytes; no message has none
  std::size_t whole_{};   // blocks before the padded ones
  std::size_t count_{};   // blocks
  std::size_t next_{};    // block
  Hash* digest_{};
  std::array<std::byte, sha_block_bytes> first_{};
  std::array<std::byte, 2 * sha_block_bytes> tail_{};
};

// Hashes `count` messages, two at a time whatever their lengths. `begin` begins one, given its
// number; they begin in their order.
template <class Begin>
void hash_by_instructions(std::size_t count, const Begin& begin) {
  PaddedMessage one, other;
  std::size_t next = 0;
  const auto begin_next = [&](PaddedMessage& message) {
    if (next == count) return false;
    begin(message, next++);
    return true;
  };
  bool both = begin_next(one) && begin_next(other);
  while (both) {
    for (auto left = std::min(one.blocks_left(), other.blocks_left()); left != 0; --left) {
      compress(one.state(), one.take_block(), other.state(), other.take_block());
    }
    if (other.blocks_left() == 0) {
      other.end();
      both = begin_next(other);
    }
    if (one.blocks_left() == 0) {
      one.end();
      if (!both) return;
      both = begin_next(one);
      if (!both) std::swap(one, other);
    }
  }
  if (count == 0) return;
  while (one.blocks_left() != 0) compress(one.state(), one.take_block());
  one.end();
}

}  // namespace

std::vector<Hash> hash_leaves(std::span<const Bytes> entries) {
  std::vector<Hash> leaves(entries.size());
  if (!has_sha_instructions()) {
    std::transform(entries.begin(), entries.end(), leaves.begin(), hash_leaf);
    return leaves;
  }
  hash_by_instructions(entries.size(), [&](PaddedMessage& message, std::size_t i) {
    message.begin(log_leaf_prefix, entries[i], leaves[i]);
  });
  return leaves;
}

void hash_nodes(std::span<const Hash> children, std::span<Hash> nodes) {
  check(children.size() == 2 * nodes.size(), "each node is over two children");
  if (!has_sha_instructions()) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      nodes[i] = hash_node(children[2 * i], children[2 * i + 1]);
    }
    return;
  }
  hash_by_instructions(nodes.size(), [&](PaddedMessage& message, std::size_t i) {
    message.begin(log_node_prefix, std::as_bytes(children.subspan(2 * i, 2)), nodes[i]);
  });
}

}  // namespace ledger::proof
