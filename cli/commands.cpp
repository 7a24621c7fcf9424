#include "cli/commands.h"

#include "cli/bench.h"
#include "cli/checkpoint.h"
#include "cli/demo.h"
#include "cli/explain.h"
#include "cli/export.h"
#include "cli/generate.h"
#include "cli/import.h"
#include "cli/init.h"
#include "cli/log.h"
#include "cli/read_model.h"
#include "cli/replay.h"
#include "cli/verify.h"

namespace cli {

std::vector<Command> all_commands() {
  std::vector<Command> commands{init_command(),  import_command(), export_command(),
                                log_command(),   verify_command(), checkpoint_command(),
                                replay_command()};
  for (auto& command : read_model_commands()) commands.push_back(std::move(command));
  commands.push_back(explain_command());
  commands.push_back(demo_command());
  commands.push_back(generate_command());
  commands.push_back(bench_command());
  return commands;
}

}  // namespace cli
