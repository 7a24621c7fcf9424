// The tree above the subtrees of a verification: roots at sizes that were signed, and
// the tiles of the upper levels.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"
#include "ledger/proof/frontier.h"
#include "ledger/store.h"
#include "ledger/subtree_audit.h"

namespace ledger {

// The tree over pieces that subtree audits found. Pure.
class PiecedTree {
 public:
  // One task each, in order, the first at entry 0.
  PiecedTree(std::span<const SubtreeTask> tasks, std::vector<const SubtreeHashes*> pieces);

  // Of the tree at a size that its task was asked for; nothing where a hash is unknown.
  std::optional<Hash> root(TreeSize size) const;

  // Of each full subtree, in order.
  const std::vector<std::optional<Hash>>& subtree_roots() const { return roots_; }

 private:
  std::span<const SubtreeTask> tasks_;
  std::vector<const SubtreeHashes*> pieces_;
  std::vector<std::optional<Hash>> roots_;
  std::vector<std::optional<proof::Frontier>> before_;  // the tree to the left of each task
};

// The stored tiles of level 2 and up against the subtrees under them, and the number of
// tiles of any level against the size of the log.
std::vector<Finding> audit_upper_tiles(const Store& store, TreeSize size,
                                       std::vector<std::optional<Hash>> subtree_roots);

}  // namespace ledger
