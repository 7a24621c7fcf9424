// What a witness keeps of one log: whose it is, and the newest checkpoint that was cosigned.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/proof/key.h"
#include "ledger/proof/merkle.h"

namespace ledger {

struct WitnessedLog {
  std::string origin;
  std::vector<proof::VerifierKey> keys;  // of the log, at least one
  std::string checkpoint = {};           // a note with our cosignature; empty before the first
};

// The text of its file (docs/FORMATS.md).
std::string format(const WitnessedLog& log);
// The inverse. Fails with `corrupt`, also for a checkpoint that is not signed by a key of the log
// and by `witness`.
Result<WitnessedLog> parse_witnessed_log(std::string_view text, const proof::VerifierKey& witness);

// The tree that was cosigned last; that of a log without entries before the first. Requires a
// checkpoint as `parse_witnessed_log` lets it pass.
proof::TreeHead newest_tree(const WitnessedLog& log);

// The name of the file: SHA-256 of the origin, in hex.
std::string file_name_of(std::string_view origin);

}  // namespace ledger
