// `tally verify --tiles`: a published log, ours or another's, without a ledger.
#pragma once

#include "cli/command.h"

namespace cli {

// `--tiles` and `--checkpoints`. `--vkey`, `--checkpoint`, `--origin` and `--witness` go with them.
Option tiles_option();
Option kept_checkpoints_option();

// Whether the call makes sense with `--tiles` only; says so.
bool wants_tiles(const Arguments& arguments, Console& console);

// Verifies the folder that `--tiles` names.
ledger::Result<Exit> verify_tiles(const Arguments& arguments, Console& console);

}  // namespace cli
