#pragma once

#include "cli/command.h"

namespace cli {

// `tally prove`: an entry is in the log, or the log only grew.
Command prove_command();

}  // namespace cli
