// Hashes of a tree, many at a time. They are those of hash.h in less than half the time, where
// the processor has instructions for SHA-256. Any thread.
#pragma once

#include <span>
#include <vector>

#include "ledger/base/bytes.h"

namespace ledger::proof {

// The leaf of each entry.
std::vector<Hash> hash_leaves(std::span<const Bytes> entries);

// The inner node over each two children that follow one another. Requires twice as many children
// as nodes. `nodes` may begin where `children` do.
void hash_nodes(std::span<const Hash> children, std::span<Hash> nodes);

}  // namespace ledger::proof
