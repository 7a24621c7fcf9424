#pragma once

#include "cli/command.h"

namespace cli {

// `tally checkpoint`: signs the present state of the log.
Command checkpoint_command();

}  // namespace cli
