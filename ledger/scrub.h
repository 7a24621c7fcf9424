// A pass over the stored bytes that looks for accidents only, as fast as the disk gives them:
// XXH3 of frames, entries and tiles. It says nothing about who wrote them.
#pragma once

#include <cstdint>
#include <vector>

#include "ledger/open_ledger.h"
#include "ledger/verify.h"

namespace ledger {

struct Scrub {
  std::uint64_t scrubbed = 0;     // entries that fit their checksums
  std::uint64_t tiles = 0;        // that fit theirs
  std::uint64_t differences = 0;  // findings, also those beyond the ones listed
  std::vector<Finding> findings;  // in the order of the log, the first of them
};

Scrub scrub(const OpenLedger& ledger, const VerifyOptions& options);

}  // namespace ledger
