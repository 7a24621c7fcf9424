#pragma once

#include "cli/command.h"

namespace cli {

// `tally what-if`: which lines would change if the log were another.
Command what_if_command();

}  // namespace cli
