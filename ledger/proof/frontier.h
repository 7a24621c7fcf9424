#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace ledger::proof {

// All that must be remembered of an append-only RFC 6962 tree to go on appending and
// to know its root: one hash for each complete subtree that no greater one covers,
// that is for each bit set in the size. A plain value; one thread at a time.
class Frontier {
 public:
  // Adds a leaf, given by its leaf hash. Costs one node hash on average.
  void append(const Hash& leaf);
  // Adds 2^level leaves at once, given by the root of their subtree. Requires a size
  // that is a multiple of 2^level.
  void append_subtree(unsigned level, const Hash& root);

  TreeSize size() const { return size_; }

  // The root of the tree. Costs a node hash for each bit set in the size but one.
  Hash root() const;

  // The root of the last complete subtree of 2^level leaves, which must end at the last leaf
  // appended and be no smaller than the last subtree appended: so the log learns the hashes that
  // an append has added to its tiles.
  const Hash& completed(unsigned level) const;

  // The stored form: the size (8 bytes, big-endian), then the hash of each subtree,
  // greatest first.
  std::vector<std::byte> serialise() const;
  // Fails with `corrupt` unless `bytes` are exactly one stored form.
  static Result<Frontier> parse(Bytes bytes);

 private:
  TreeSize size_;
  // By level: the root of the last complete subtree of 2^level leaves. It is part of
  // the frontier where the size has that bit; `completed` reads the others, as far down as they
  // were appended.
  std::array<Hash, 64> subtrees_{};
  unsigned level_appended_ = 0;  // of the last subtree
};

}  // namespace ledger::proof
