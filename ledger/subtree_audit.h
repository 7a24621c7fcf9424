// One task of a verification: an aligned run of 2^16 entries, read and recomputed up to
// the root of its subtree.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"
#include "ledger/checksum.h"
#include "ledger/clock_trail.h"
#include "ledger/key_register.h"
#include "ledger/store.h"
#include "ledger/verify.h"

namespace ledger {

inline constexpr std::uint64_t subtree_entries = std::uint64_t{1} << 16;

struct SubtreeTask {
  Sequence first;               // a multiple of 2^16
  TreeSize end;                 // of the subtree, or of the log
  std::vector<TreeSize> sizes;  // in (first, end], of which the tree is asked for; sorted
  TreeSize indexed;             // entries that the index tables cover
  std::uint64_t seed = 0;       // of the sums
  // Whose keys signatures are judged by; outlives the audit. Null: none is looked at.
  const KeyRegister* authors = nullptr;
};

// The tree over the leaves of the task, in pieces: nothing where a hash is unknown.
struct SubtreeHashes {
  std::vector<std::optional<Hash>> tiles;  // roots of the full tiles of level 0
  // For each size asked for: the complete subtrees after its full tiles, greatest first.
  std::vector<std::optional<std::vector<Hash>>> edges;
};

struct Gap {
  Sequence first;
  TreeSize end;
};

struct SubtreeAudit {
  explicit SubtreeAudit(std::uint64_t seed) : keys(seed), streams(seed) {}

  std::vector<Finding> findings;
  // Entries that read well and are not what their tile says: either may be altered.
  std::vector<Finding> disputed;
  std::vector<Gap> unread;
  std::vector<Gap> unreliable;  // those, and entries read that are damaged
  ClockTrail clock;             // of every entry read
  SubtreeHashes computed;       // from the entries only
  // With the tiles' word for entries that are lost, damaged or disputed, so that all
  // others can still be checked.
  SubtreeHashes believed;
  // Of the entries that the index tables cover:
  PairSum keys;     // source#id and index of each
  PairSum streams;  // subject and index of each, less those of the entries before
  std::uint64_t entry_bytes = 0;
  std::uint64_t author_signatures = 0;  // that were good
};

SubtreeAudit audit_subtree(const Store& store, const SubtreeTask& task);

}  // namespace ledger
