// What `--without`, `--with` and `--policy` suppose, laid over a log.
#pragma once

#include <vector>

#include "cli/command.h"
#include "projections/overlay.h"

namespace cli {

// The three options.
std::vector<Option> supposition_options();

// Reads them into `overlay`, which lies over the log in question: first what is left out,
// then the packs, then the events added. `done`, or what the command ends with once the
// reasons are told: `usage` for a --without that names no event by its form, `refused` for
// lines and packs that import would refuse.
ledger::Result<Exit> suppose(const Arguments& arguments, Console& console,
                             projections::OverlaySource& overlay);

}  // namespace cli
