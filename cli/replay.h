#pragma once

#include "cli/command.h"

namespace cli {

// `tally replay`: rebuilds every read model and certifies the result.
Command replay_command();

}  // namespace cli
