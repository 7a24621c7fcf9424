// The parts of `tally replay` that write a certificate into the log, and that hold an earlier
// one against what comes out now.
#pragma once

#include "cli/command.h"

namespace cli {

// Replays the whole log and appends what came out as `replay.certified`; keeps the rows in
// the ledger's cache.
ledger::Result<Exit> append_certificate(const Arguments& arguments, Console& console);

// Replays the log as it was when the certificate at `--check` was made (an index, or
// `latest`), and compares. `check_failed` when they differ, naming the first row that does.
ledger::Result<Exit> check_certificate(const Arguments& arguments, Console& console);

}  // namespace cli
