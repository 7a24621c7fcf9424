// What a log signs of its map of mentions: that this is the map over its first entries.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/proof/key.h"
#include "ledger/proof/merkle.h"

namespace ledger::proof {

struct MentionStatement {
  std::string origin;  // of the log
  TreeHead log;        // whose entries the map is over
  Hash map{};          // the root of the map
  bool operator==(const MentionStatement&) const = default;
};

// The text of the note: origin and `/mentions`, the version, size, root of the log, root of the
// map, a line each. The version stands where a checkpoint has its size, so that nobody who checks
// checkpoints can take it for one. Requires an origin of one line.
std::string format(const MentionStatement& statement);
// The inverse. Fails with `invalid`, naming the line.
Result<MentionStatement> parse_mention_statement(std::string_view text);

// Opens the note that is a statement of the log `origin`, signed by `log`. Fails with `invalid`
// (no statement) or `corrupt` (the signature is missing or wrong, or it is another log's).
Result<MentionStatement> open_mention_statement(std::string_view note, const VerifierKey& log,
                                                std::string_view origin);

}  // namespace ledger::proof
