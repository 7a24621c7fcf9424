#pragma once

#include "cli/command.h"

namespace cli {

// `tally trace`: the life of an order, a vehicle or a filing.
Command trace_command();

}  // namespace cli
