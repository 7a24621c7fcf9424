// The file that proves, offline, that an entry is in a log (C2SP tlog-proof).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/checkpoint.h"

namespace ledger::proof {

struct ProofFile {
  std::optional<std::vector<std::byte>> extra;  // for the application; proven by nothing
  Sequence index;
  std::vector<Hash> hashes;  // the inclusion proof, from the leaf's sibling up
  std::string checkpoint;    // the signed note, verbatim
};

// Requires a checkpoint that is a signed note and, if any, extra data that is not empty.
std::string format(const ProofFile& proof);
// The inverse. Checks the form only, not what it proves. Fails with `invalid`, naming the line.
Result<ProofFile> parse_proof_file(std::string_view text);

// Checks that the log `origin`, whose key is `log`, has the entry with the leaf hash `leaf`
// where the proof says. Returns the checkpoint that commits to it. Fails with `invalid`
// (malformed) or `corrupt` (not proven).
Result<Checkpoint> check_proof(const ProofFile& proof, const Hash& leaf, const VerifierKey& log,
                               std::string_view origin);

}  // namespace ledger::proof
