// The Merkle tree exactly as RFC 6962, section 2.1, defines it: by recursion over the
// list of leaves, slow, and sharing nothing with the code under test but SHA-256.
#pragma once

#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"

namespace ledger::proof::test {

class NaiveTree {
 public:
  // A tree whose leaf i is the decimal spelling of i.
  static NaiveTree of_size(std::uint64_t size);
  // The same with other leaves from `fork` on: what a log shows to somebody else.
  static NaiveTree forked(std::uint64_t size, std::uint64_t fork);

  TreeSize size() const { return TreeSize{leaves_.size()}; }

  const Hash& leaf(std::uint64_t index) const { return leaves_[index]; }

  std::span<const Hash> leaves() const { return leaves_; }

  Hash root() const { return root(0, leaves_.size()); }

  // MTH(D[begin:end])
  Hash root(std::uint64_t begin, std::uint64_t end) const;
  // PATH(index, D[0:size])
  std::vector<Hash> path(std::uint64_t index, std::uint64_t size) const;
  // PROOF(old_size, D[0:size])
  std::vector<Hash> consistency(std::uint64_t old_size, std::uint64_t size) const;

 private:
  std::vector<Hash> path(std::uint64_t index, std::uint64_t begin, std::uint64_t end) const;
  std::vector<Hash> subproof(std::uint64_t old_size, std::uint64_t begin, std::uint64_t end,
                             bool known) const;
  std::vector<Hash> leaves_;
};

}  // namespace ledger::proof::test
