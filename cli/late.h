#pragma once

#include "cli/command.h"

namespace cli {

// `tally late`: what was recorded long after it happened.
Command late_command();

}  // namespace cli
