// The part of `tally check` that is about the author of one event.
#pragma once

#include "cli/command.h"

namespace cli {

// Checks the signature of one event, an exported line or the bytes of an entry, under the
// key of `--author` and for the ledger of `--origin`, without the ledger.
ledger::Result<Exit> check_author(const Arguments& arguments, Console& console);

}  // namespace cli
