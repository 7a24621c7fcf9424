#pragma once

#include "cli/command.h"

namespace cli {

// `tally generate`: a deterministic national year of history.
Command generate_command();

}  // namespace cli
