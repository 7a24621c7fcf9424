#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/event_files.h"

namespace cli {

// `tally import --dry-run`: takes the files as an import would, and writes nothing. Every event
// passes the checks of an import: the outside form, idempotency, admission and the clock, all
// batches being one. Prints what would come of it. The events are kept in memory.
ledger::Result<Exit> rehearse(const EventFiles& format, const std::vector<std::string>& files,
                              const Arguments& arguments, Console& console);

}  // namespace cli
