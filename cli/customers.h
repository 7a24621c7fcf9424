#pragma once

#include "cli/command.h"

namespace cli {

// `tally customers`: the information base of fleet customers.
Command customers_command();

}  // namespace cli
