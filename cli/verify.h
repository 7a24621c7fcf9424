#pragma once

#include "cli/command.h"

namespace cli {

// `tally verify`: recomputes everything from the stored bytes.
Command verify_command();

}  // namespace cli
