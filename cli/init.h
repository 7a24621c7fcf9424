#pragma once

#include "cli/command.h"

namespace cli {

// `tally init`: an empty ledger and its signing key.
Command init_command();

}  // namespace cli
