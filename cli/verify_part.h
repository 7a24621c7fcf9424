// Verifying less than everything, and saying so: `tally verify --sample` and `--fast`.
#pragma once

#include <vector>

#include "cli/command.h"

namespace cli {

// `--sample`, `--count` and `--fast`.
std::vector<Option> part_options();

unsigned threads_of(const Arguments& arguments);

// Whether the options given belong to different ways of verifying; says so.
bool contradict(const Arguments& arguments, Console& console);

bool wants_part(const Arguments& arguments);
ledger::Result<Exit> verify_part(const Arguments& arguments, Console& console);

}  // namespace cli
