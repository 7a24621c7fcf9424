#pragma once

#include "cli/command.h"

namespace cli {

// `tally key`: the keys that authors sign with.
Command key_command();

}  // namespace cli
