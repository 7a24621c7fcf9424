// Every command of the program, each declared in the file of its name.
#pragma once

#include <vector>

#include "cli/command.h"

namespace cli {

// In the order in which help lists them.
std::vector<Command> all_commands();

}  // namespace cli
