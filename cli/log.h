#pragma once

#include "cli/command.h"

namespace cli {

// `tally log`: the history for people.
Command log_command();

}  // namespace cli
