#pragma once

#include "cli/command.h"

namespace cli {

// `tally sample`: orders to inspect, drawn so that anyone can draw them again.
Command sample_command();

}  // namespace cli
