#pragma once

#include "cli/command.h"

namespace cli {

// `tally diff`: what was known then against what is known now.
Command diff_command();

}  // namespace cli
