#pragma once

#include "cli/command.h"

namespace cli {

// `tally check`: a proof, on a machine without a ledger.
Command check_command();

}  // namespace cli
