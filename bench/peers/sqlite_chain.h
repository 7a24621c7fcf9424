// The log that one would write with SQLite: a table of entries, chained by hashes, in WAL
// mode, every commit synced.
#pragma once

#include <filesystem>
#include <span>

#include "ledger/base/error.h"
#include "ledger/batch.h"

namespace bench {

// Whether an event that is there already may enter a second time: refusing that takes an index
// over source and id, as our log has it.
enum class Repeats { admitted, refused };

// Appends each batch in a transaction of its own to a new database in `folder`, which is made.
// Returns seconds. Fails with `unavailable`.
ledger::Result<double> sqlite_append(const std::filesystem::path& folder,
                                     std::span<const ledger::Batch> batches, Repeats repeats);

// Reads every row and checks the chain. Returns seconds. Fails with `corrupt` unless it is
// whole and has so many rows.
ledger::Result<double> sqlite_verify(const std::filesystem::path& folder, std::uint64_t rows);

}  // namespace bench
