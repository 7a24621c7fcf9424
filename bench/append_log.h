// Appending the way the program does, timed from the first event to the last
// acknowledgement. Each makes a ledger in `folder`, which must not exist, and leaves it
// there, closed. They return seconds.
#pragma once

#include <filesystem>
#include <span>

#include "ledger/base/error.h"
#include "ledger/batch.h"

namespace bench {

// Each of `callers` threads appends every so-manieth batch and waits for each.
ledger::Result<double> append_waiting(const std::filesystem::path& folder,
                                      std::span<const ledger::Batch> batches, unsigned callers);

// One caller submits batch after batch, never with more than a few on their way.
ledger::Result<double> append_streaming(const std::filesystem::path& folder,
                                        std::span<const ledger::Batch> batches);

}  // namespace bench
