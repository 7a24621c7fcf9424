// The commands that print one read model each: `tally entitlements` and its kin.
#pragma once

#include <vector>

#include "cli/command.h"

namespace cli {

// One command for every read model, in the order of the contract.
std::vector<Command> read_model_commands();

// Names what could not be printed; says with which status a command ends then.
Exit report_overflows(const std::vector<std::string>& overflows, Console& console);

// For commands that may answer from what is kept in the ledger's cache.
Option from_scratch_option();

// The two cuts that every answer takes.
std::vector<Option> cut_options();

}  // namespace cli
