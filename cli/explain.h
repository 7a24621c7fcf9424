#pragma once

#include "cli/command.h"

namespace cli {

// `tally explain`: how one amount came about.
Command explain_command();

}  // namespace cli
