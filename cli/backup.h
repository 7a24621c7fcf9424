#pragma once

#include "cli/command.h"

namespace cli {

Command backup_command();

}  // namespace cli
