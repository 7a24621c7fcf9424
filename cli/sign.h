#pragma once

#include "cli/command.h"

namespace cli {

// `tally sign`: signs events before they are imported.
Command sign_command();

}  // namespace cli
