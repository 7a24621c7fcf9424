#include "cli/checkpoint.h"

#include "cli/json_line.h"
#include "cli/ledger_access.h"

namespace cli {
namespace {

ledger::Result<Exit> run_checkpoint(const Arguments& arguments, Console& console) {
  const auto log = TRY(open_log(arguments, console));
  const auto note = TRY(log->sign_checkpoint());
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.number("size", json_number(log->size())).text("checkpoint", note);
    }));
  } else {
    console.write(note);
  }
  return Exit::done;
}

}  // namespace

Command checkpoint_command() {
  return {
      .name = "checkpoint",
      .summary = {"Sign the present state of the log", "为日志的当前状态签名"},
      .details =
          {"Signs and stores a checkpoint (a C2SP signed note of origin, size and root) and "
           "prints it. Give copies away: whoever keeps one can later tell whether the "
           "history up to there was altered (tally verify --checkpoint).",
           "签署并保存检查点（C2SP 签名便笺：来源、规模与根哈希），然后输出。请将副本交予他人："
           "持有者日后可据此判断此前的历史是否被改动（tally verify --checkpoint）。"},
      .example = {"tally checkpoint > checkpoint.txt"},
      .options = {},
      .run = run_checkpoint,
  };
}

}  // namespace cli
