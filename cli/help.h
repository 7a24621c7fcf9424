// What `--help` prints. Only the .cpp knows the library that lays it out.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/command.h"

namespace cli {

// What every command takes beside its own options and `--help`.
const std::vector<Option>& global_options();

// The directory of the ledger when no `--data` names it: $TALLY_DATA, else ./tally-data.
std::string default_directory();

// Help on the whole program.
std::string help(std::span<const Command> commands, Language language);
// Help on `command` alone.
std::string help(const Command& command, Language language);

}  // namespace cli
