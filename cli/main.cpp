#include <cstdio>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/program.h"

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  cli::Console console(stdout, stderr, cli::language_of(words));
  return static_cast<int>(cli::run(words, console));
}
