#include "cli/program.h"

#include <exception>

#include "cli/arguments.h"
#include "cli/commands.h"

namespace cli {
namespace {

Exit run_call(const Call& call, Console& console) {
  auto exit = call.command->run(call.arguments, console);
  if (!exit) {
    // What was printed before the failure still gets out, ahead of the error.
    (void)static_cast<bool>(console.flush());
    return console.fail(exit.error());
  }
  if (const auto sent = console.flush(); !sent) return console.fail(sent.error());
  return *exit;
}

}  // namespace

Exit run(const std::vector<std::string>& words, Console& console) {
  try {
    const auto commands = all_commands();
    const auto parsed = parse(commands, words, console.language());
    if (const auto* const answer = std::get_if<Answer>(&parsed)) {
      console.write(answer->text);
      const auto sent = console.flush();
      return sent ? Exit::done : console.fail(sent.error());
    }
    if (const auto* const error = std::get_if<UsageError>(&parsed)) {
      console.error(error->paragraph);
      return Exit::usage;
    }
    return run_call(std::get<Call>(parsed), console);
  } catch (const std::exception& thrown) {
    // Allocation and the standard library throw; our own code returns its errors.
    console.error(console.text(
        "stopped by {}. What was acknowledged before is safe; please report how you got here.",
        "被 {} 中断。此前已确认的内容是安全的；请报告如何出现此情况。", thrown.what()));
    return Exit::unavailable;
  }
}

}  // namespace cli
