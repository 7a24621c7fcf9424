// Appending the way the program does, timed from the first event to the last
// acknowledgement. Each makes a ledger in `folder`, which must not exist, and leaves it
// there, closed. They return seconds.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/batch.h"

namespace bench {

// Of every ledger that is made here: what signatures name.
inline constexpr std::string_view bench_origin = "tally.local/bench";

// Each of `callers` threads appends every so-manieth batch and waits for each.
ledger::Result<double> append_waiting(const std::filesystem::path& folder,
                                      std::span<const ledger::Batch> batches, unsigned callers);

// Whether what names a person is stored sealed, with a vault beside `folder`.
enum class Persons { open, sealed };

// One caller submits batch after batch, never with more than a few on their way.
ledger::Result<double> append_streaming(const std::filesystem::path& folder,
                                        std::span<const ledger::Batch> batches,
                                        Persons persons = Persons::open);

// The same, and then the map of mentions of all of it made and signed, as `tally checkpoint
// --mentions` does after an import. Fails with `corrupt` if it is not of all.
ledger::Result<double> append_with_mentions(const std::filesystem::path& folder,
                                            std::span<const ledger::Batch> batches);

}  // namespace bench
