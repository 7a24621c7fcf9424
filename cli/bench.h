#pragma once

#include "cli/command.h"

namespace cli {

// `tally bench`: what this machine does, beside what it could do.
Command bench_command();

}  // namespace cli
