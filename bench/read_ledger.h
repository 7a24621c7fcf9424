// Checking and replaying a ledger the way the program does. They return seconds.
#pragma once

#include <filesystem>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"

namespace bench {

// All that `tally verify` does. Fails with `corrupt` if there is a difference.
ledger::Result<double> verify_ledger(const std::filesystem::path& folder, unsigned threads);

// All that `tally verify --fast` does, likewise.
ledger::Result<double> scrub_ledger(const std::filesystem::path& folder, unsigned threads);

// All that `tally replay` does: opens, folds, evaluates, prints every read model.
ledger::Result<double> replay_ledger(const std::filesystem::path& folder, unsigned threads);

ledger::Result<ledger::Hash> root_of(const std::filesystem::path& folder);

}  // namespace bench
