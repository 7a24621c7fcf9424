// Making the root of the map of mentions again from entries, trusting no map that was stored.
#pragma once

#include <optional>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/mention_statement.h"
#include "ledger/proof/published_log.h"
#include "ledger/store.h"
#include "ledger/verify.h"

namespace ledger {

// The statement of a ledger that can be compared with its log; nothing where none was signed, or
// where it is a finding.
std::optional<proof::MentionStatement> signed_mentions(const OpenLedger& ledger,
                                                       std::vector<Finding>& findings);
// Over how many entries it is right; nothing, and a finding, when it is not.
std::optional<TreeSize> audit_mentions(const Store& store, const proof::MentionStatement& statement,
                                       std::vector<Finding>& findings);

// Over the first `size` entries of a database; nothing when one of them cannot be read.
std::optional<Hash> mentions_root(const Store& store, TreeSize size);

// Over the first `size` entries that a folder publishes, of the `published` ones there are; nothing
// when the folder has hashes only. Fails with `corrupt` for entries that are no events, else as the
// files do.
Result<std::optional<Hash>> mentions_root(proof::PublishedFiles& files, TreeSize size,
                                          TreeSize published);

}  // namespace ledger
