#include "ledger/leaves.h"

#include "ledger/proof/tree_hashes.h"

namespace ledger {

std::vector<Hash> leaf_hashes(const FrameView& frame, std::uint32_t begin, std::uint32_t end) {
  std::vector<Bytes> entries;
  entries.reserve(end - begin);
  for (auto position = begin; position < end; ++position) entries.push_back(frame.entry(position));
  return proof::hash_leaves(entries);
}

}  // namespace ledger
