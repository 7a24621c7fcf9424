#include "cli/commands.h"

#include "cli/checkpoint.h"
#include "cli/export.h"
#include "cli/import.h"
#include "cli/init.h"
#include "cli/log.h"

namespace cli {

std::vector<Command> all_commands() {
  return {init_command(), import_command(), export_command(), log_command(), checkpoint_command()};
}

}  // namespace cli
