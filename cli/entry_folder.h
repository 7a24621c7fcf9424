// Entries that leave a ledger together, each with the proof that it is in the log: `57.entry` and
// `57.tlog-proof` in one folder.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "cli/console.h"
#include "ledger/base/error.h"
#include "ledger/event.h"
#include "ledger/log_proof.h"
#include "ledger/proof/merkle.h"
#include "ledger/reader.h"

namespace cli {

// Writes the entries with these indexes. Fails as the ledger or the disk does.
ledger::Status write_entries(const std::filesystem::path& folder, const ledger::Reader& reader,
                             ledger::LogProver& prover,
                             const std::vector<ledger::Sequence>& indexes);

// Reads an entry and proves that it is in the log of `tree`. Fails with `corrupt` when it is not,
// or when either file is missing; calls `use` with the event.
ledger::Status read_entry(const std::filesystem::path& folder, ledger::Sequence index,
                          const ledger::proof::TreeHead& tree, Console& console,
                          const std::function<ledger::Status(const ledger::Entry&)>& use);

// The indexes of all entries that the folder has, sorted.
std::vector<ledger::Sequence> indexes_in(const std::filesystem::path& folder);

}  // namespace cli
