// From the words of a command line to a command and its checked arguments.
#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "cli/command.h"

namespace cli {

// A call that can be run.
struct Call {
  const Command* command;
  Arguments arguments;
};

// Help or the version was asked for: print it, nothing else.
struct Answer {
  std::string text;
};

// The words make no call: why, in one paragraph.
struct UsageError {
  std::string paragraph;
};

// Reads the language out of `words` before they are parsed, since help and errors
// speak it too.
Language language_of(std::span<const std::string> words);

// `words` are the command line without the program's name.
std::variant<Call, Answer, UsageError> parse(std::span<const Command> commands,
                                             std::vector<std::string> words, Language language);

}  // namespace cli
