#pragma once

#include "cli/command.h"

namespace cli {

// `tally quality`: identifiers that are not as their standards ask.
Command quality_command();

}  // namespace cli
