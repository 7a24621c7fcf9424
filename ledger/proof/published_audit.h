// Verifying all that a published log consists of against its signed checkpoint: any log of C2SP
// tlog-tiles, with its entries or with their hashes only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/base/message.h"
#include "ledger/base/strong.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/merkle.h"
#include "ledger/proof/published_log.h"

namespace ledger::proof {

// One thing that is not as the checkpoint signed it: what was expected in its place and what was
// found, in words of both languages.
struct PublishedFinding {
  enum class Where { entry, tile, checkpoint, file };

  Where where;
  std::optional<Sequence> index;  // of the entry, or of the first one under what differs
  Message expected;
  Message found;
};

// How much of the log the signed root vouches for.
struct PublishedCoverage {
  std::optional<Hash> root;       // that the tiles lead to, be it the signed one or not
  std::uint64_t entries = 0;      // their bytes were read and are the ones signed
  std::uint64_t hashes_only = 0;  // their hashes are the ones signed; their bytes are not there
};

struct PublishedAuditOptions {
  // Told each finding, in the order of the log.
  std::function<void(const PublishedFinding&)> found;
  // Told now and then how many entries are done.
  std::function<void(std::uint64_t done)> progress = {};
};

// Reads every tile and every bundle of the tree that `signed_tree` commits to, the tiles from the
// root down, so that what differs is told from what only stands above or below it. Entries may be
// left out as a whole; where some bundles are there, each one missing is a finding. Fails with
// `unavailable` when a file cannot be read though it is there.
Result<PublishedCoverage> audit_published(PublishedFiles& files, const TreeHead& signed_tree,
                                          const PublishedAuditOptions& options);

// What an older checkpoint, called `name`, says against the log of the newer tree, whose tiles
// have been audited; nothing when the log continues it, and what it still serves of the older
// tree's partial tiles fits. Fails with `unavailable`.
Result<std::optional<PublishedFinding>> compare_older(PublishedFiles& files, const TreeHead& newer,
                                                      const TreeHead& older, std::string_view name);

}  // namespace ledger::proof
