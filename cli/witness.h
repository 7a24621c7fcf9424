#pragma once

#include "cli/command.h"

namespace cli {

// `tally witness`: a witness for the logs of others, and its keeping.
Command witness_command();

}  // namespace cli
