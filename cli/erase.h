#pragma once

#include "cli/command.h"

namespace cli {

// `tally erase`.
Command erase_command();

}  // namespace cli
