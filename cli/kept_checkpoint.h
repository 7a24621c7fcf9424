// What an auditor brings along to verify a ledger with: `--vkey` or `--policy`, and `--checkpoint`.
#pragma once

#include <optional>

#include "cli/command.h"
#include "ledger/evidence.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key.h"
#include "ledger/verify.h"

namespace cli {

// `--vkey`, or that of the log in `--policy`, else `own`. Fails with `invalid` for a text that is
// no verifier key or policy.
ledger::Result<ledger::proof::VerifierKey> trusted_key(const Arguments& arguments,
                                                       const ledger::proof::VerifierKey& own,
                                                       Console& console);

// `--checkpoint`, if given. Fails when it cannot be read, or `key` did not sign it, or too few
// witnesses of `--policy`.
ledger::Result<std::optional<ledger::proof::Checkpoint>> kept_checkpoint(
    const Arguments& arguments, const ledger::proof::VerifierKey& key, Console& console);

// That the ledger signs with another key than the one given, if it does.
std::optional<ledger::Finding> other_key(const ledger::proof::VerifierKey& trusted,
                                         const ledger::proof::VerifierKey& own);

// What both say against the ledger; nothing when they agree with it.
ledger::Result<std::optional<ledger::Finding>> compare_given(const Arguments& arguments,
                                                             const ledger::Evidence& evidence,
                                                             Console& console);

}  // namespace cli
