#pragma once

#include <string>

#include "cli/command.h"
#include "cli/proof_findings.h"
#include "cli/trust.h"

namespace cli {

// Whether the text begins as a proof of completeness does.
bool proves_completeness(std::string_view text);
Option entries_option();

// Checks such a proof and, with `--entries`, that each event it lists is in the log and mentions
// the id.
ledger::Result<ProofFindings> check_completeness(const std::string& text, const Trust& trust,
                                                 const Arguments& arguments, Console& console);

}  // namespace cli
