#pragma once

#include <functional>
#include <optional>

#include "cli/trust.h"
#include "ledger/base/error.h"
#include "ledger/proof/published_audit.h"
#include "ledger/proof/published_log.h"

namespace cli {

// What came of the map of mentions that a folder publishes.
struct PublishedMentions {
  std::optional<ledger::TreeSize> recomputed;   // over so many entries, and it is the signed one
  std::optional<ledger::TreeSize> not_checked;  // signed, and the folder has hashes only
};

// Recomputes the map from the published entries and compares it with the signed one, if the folder
// has one. `trusted` is its checkpoint, whose files have been audited.
ledger::Result<PublishedMentions> verify_mentions(
    ledger::proof::PublishedFiles& files, const TrustedCheckpoint& trusted,
    const std::function<void(const ledger::proof::PublishedFinding&)>& found);

}  // namespace cli
