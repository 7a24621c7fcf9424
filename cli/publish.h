#pragma once

#include "cli/command.h"

namespace cli {

// `tally publish`: the log as a static folder of tiles.
Command publish_command();

}  // namespace cli
