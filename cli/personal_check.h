#pragma once

#include <optional>

#include "cli/command.h"
#include "ledger/sealed_audit.h"
#include "ledger/verify.h"

namespace cli {

// Opens every sealed value of the ledger that the arguments name, and adds what differs to
// `verification`. Nothing where the ledger seals nothing, or where its vault's key is not given,
// or where it cannot be read through; the last two are said. Fails as opening the vault does.
ledger::Result<std::optional<ledger::SealedAudit>> check_personal(
    const Arguments& arguments, Console& console, ledger::Verification& verification);

}  // namespace cli
