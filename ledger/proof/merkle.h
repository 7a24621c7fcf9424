// Checking proofs about RFC 6962 trees, by the algorithms of RFC 9162, section 2.1. Pure.
#pragma once

#include <span>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace ledger::proof {

// A tree as its root commits to it.
struct TreeHead {
  TreeSize size;
  Hash root{};
  bool operator==(const TreeHead&) const = default;
};

// Checks that leaf `index` of `tree` has the hash `leaf`; `proof` leads from the leaf's
// sibling up. Fails with `invalid` for a leaf beyond the tree or a proof of another
// length, with `corrupt` when it leads to another root.
Status verify_inclusion(Sequence index, const Hash& leaf, const TreeHead& tree,
                        std::span<const Hash> proof);

// Checks that `tree` begins with all the leaves of `old`, unchanged. A tree without leaves
// is the beginning of any other, by an empty proof; a tree is consistent with itself only,
// by an empty proof. Fails with `invalid` when `old` is the greater or the proof has another
// length, with `corrupt` when it leads to other roots.
Status verify_consistency(const TreeHead& old, const TreeHead& tree, std::span<const Hash> proof);

}  // namespace ledger::proof
