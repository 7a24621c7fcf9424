#pragma once

#include "cli/command.h"

namespace cli {

// `tally import`: validates events and appends them, batch by batch.
Command import_command();

}  // namespace cli
