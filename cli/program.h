#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/exit.h"

namespace cli {

// Runs one command line, without the program's name, to its end. Whatever goes wrong is
// printed as one paragraph and told by the status; nothing is thrown.
Exit run(const std::vector<std::string>& words, Console& console);

}  // namespace cli
