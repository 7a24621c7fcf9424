#pragma once

#include "cli/command.h"

namespace cli {

// `tally impact`: which single event moves the most money.
Command impact_command();

}  // namespace cli
