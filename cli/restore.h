#pragma once

#include "cli/command.h"

namespace cli {

Command restore_command();

}  // namespace cli
