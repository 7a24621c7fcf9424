// Verifying some entries instead of all: those that were drawn (draw.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/strong.h"
#include "ledger/finding.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/merkle.h"
#include "ledger/verify.h"

namespace ledger {

struct SpotCheck {
  std::uint64_t verified = 0;     // entries that lead to the signed root
  std::vector<Finding> findings;  // those that differ, and one for all that do not lead there
};

// Reads each entry of `sample`, its checksum and its form, and proves by the stored hashes that
// `signed_tree` includes it. Nothing else is looked at.
SpotCheck check_entries(const OpenLedger& ledger, const std::vector<Sequence>& sample,
                        const proof::TreeHead& signed_tree);

}  // namespace ledger
