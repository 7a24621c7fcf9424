#include <csignal>

#include "cli/arguments.h"
#include "cli/program.h"

int main(int argc, char** argv) {
  // A reader of our output that goes away is a failed write, not a death by signal.
  (void)std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> words(argv + 1, argv + argc);
  cli::Console console(stdout, stderr, cli::language_of(words));
  return static_cast<int>(cli::run(words, console));
}
