#pragma once

#include "cli/command.h"

namespace cli {

// `tally export`: events in the outside form, or the bytes of one entry.
Command export_command();

}  // namespace cli
