#include "cli/commands.h"

#include "cli/backup.h"
#include "cli/bench.h"
#include "cli/check.h"
#include "cli/checkpoint.h"
#include "cli/customers.h"
#include "cli/demo.h"
#include "cli/diff.h"
#include "cli/erase.h"
#include "cli/explain.h"
#include "cli/export.h"
#include "cli/generate.h"
#include "cli/impact.h"
#include "cli/import.h"
#include "cli/init.h"
#include "cli/key.h"
#include "cli/late.h"
#include "cli/log.h"
#include "cli/prove.h"
#include "cli/publish.h"
#include "cli/quality.h"
#include "cli/read_model.h"
#include "cli/replay.h"
#include "cli/restore.h"
#include "cli/sample.h"
#include "cli/settle.h"
#include "cli/sign.h"
#include "cli/trace.h"
#include "cli/verify.h"
#include "cli/what_if.h"
#include "cli/witness.h"

namespace cli {

std::vector<Command> all_commands() {
  std::vector<Command> commands{init_command(),  import_command(), export_command(),
                                log_command(),   verify_command(), checkpoint_command(),
                                prove_command(), check_command(),  publish_command(),
                                replay_command()};
  for (auto& command : read_model_commands()) commands.push_back(std::move(command));
  commands.push_back(settle_command());
  commands.push_back(trace_command());
  commands.push_back(late_command());
  commands.push_back(sample_command());
  commands.push_back(quality_command());
  commands.push_back(customers_command());
  commands.push_back(explain_command());
  commands.push_back(what_if_command());
  commands.push_back(impact_command());
  commands.push_back(diff_command());
  commands.push_back(erase_command());
  commands.push_back(key_command());
  commands.push_back(sign_command());
  commands.push_back(backup_command());
  commands.push_back(restore_command());
  commands.push_back(witness_command());
  commands.push_back(demo_command());
  commands.push_back(generate_command());
  commands.push_back(bench_command());
  return commands;
}

}  // namespace cli
