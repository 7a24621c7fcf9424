// The file that proves, offline, that a log only grew since an older checkpoint. tlog-proof
// has no form for that: this is the body of the add-checkpoint request of C2SP tlog-witness.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/checkpoint.h"

namespace ledger::proof {

struct ConsistencyFile {
  TreeSize old_size;
  std::vector<Hash> hashes;  // the consistency proof
  std::string checkpoint;    // the newer signed note, verbatim
};

// Requires a checkpoint that is a signed note and at most 63 hashes.
std::string format(const ConsistencyFile& proof);
// The inverse. Checks the form only, not what it proves. Fails with `invalid`, naming the line.
Result<ConsistencyFile> parse_consistency_file(std::string_view text);

// Checks that the log whose key is `log` continues `old`, a tree that it signed before.
// Returns the newer checkpoint. Fails with `invalid` (malformed, or about another size) or
// `corrupt` (not proven).
Result<Checkpoint> check_consistency(const ConsistencyFile& proof, const TreeHead& old,
                                     const VerifierKey& log, std::string_view origin);

}  // namespace ledger::proof
