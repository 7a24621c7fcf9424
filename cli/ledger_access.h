// Opening the ledger that the arguments name, with errors that say what to do next.
#pragma once

#include <memory>

#include "cli/command.h"
#include "ledger/log.h"
#include "ledger/reader.h"

namespace cli {

// For writing. Asks the ledger's witnesses first, and adds the admission rules of the program and
// its clock. TALLY_TEST_INDEX_RUN names how many entries a run of index rows has, so that a short
// history has several.
ledger::Result<std::unique_ptr<ledger::Log>> open_log(const Arguments& arguments, Console& console);
// For reading; may run beside a writer.
ledger::Result<ledger::Reader> open_reader(const Arguments& arguments, Console& console);

// Nanoseconds since 1970 by the clock of appends: the system's, or what the environment's
// TALLY_TEST_CLOCK_NS names, so that tests can compare ledgers byte for byte.
std::int64_t now_ns();

}  // namespace cli
