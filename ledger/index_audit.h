// The index tables against the log: sums first, and key by key where those differ.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/strong.h"
#include "ledger/checksum.h"
#include "ledger/store.h"
#include "ledger/subtree_audit.h"
#include "ledger/verify.h"

namespace ledger {

// What the log says the tables hold.
struct IndexExpectation {
  TreeSize indexed;  // entries that they cover
  PairSum keys;
  PairSum streams;
  std::vector<Gap> unreliable;  // entries that nothing can be said about, in order
  std::uint64_t seed = 0;
};

// What the tables hold; nothing for one that cannot be read through or holds anything but
// indexes.
struct IndexSums {
  std::optional<PairSum> keys, streams;
};

std::optional<PairSum> sum_index_table(const Store& store, Table table, std::uint64_t seed);

std::vector<Finding> audit_indexes(const Store& store, const IndexExpectation& log,
                                   const IndexSums& tables);

}  // namespace ledger
