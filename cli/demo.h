#pragma once

#include "cli/command.h"

namespace cli {

// `tally demo`: the whole story on a small ledger.
Command demo_command();

}  // namespace cli
