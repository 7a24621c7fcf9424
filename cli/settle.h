#pragma once

#include "cli/command.h"

namespace cli {

// `tally settle`: the desk of the settlement clerk.
Command settle_command();

}  // namespace cli
