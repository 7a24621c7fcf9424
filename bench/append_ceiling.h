#pragma once

#include <filesystem>
#include <span>

#include "ledger/base/error.h"
#include "ledger/batch.h"

namespace bench {

enum class Pipeline {
  off,  // as for callers who wait for their group before they send the next
  on,   // one thread prepares a group while the other syncs the one before
};

// The least an append can do: no lookups, no admission, no acknowledgements, nothing but
// the records that the log leaves behind, put there as fast as RocksDB, OpenSSL and xxHash
// go: frames, full tiles and the head in one synced write a group, and with every 2^17th
// entry the idempotency keys and last entries of streams, sorted by another thread and taken in
// as files. The entries are taken as they are. Returns the seconds from the first entry to the last
// sync; rows that still wait then are written after it, as the log does when it is closed.
ledger::Result<double> append_ceiling(const std::filesystem::path& folder,
                                      std::span<const ledger::Batch> groups, Pipeline pipeline);

// The same for batches of one entry from so many threads, each of which waits until its own is
// on disk: they gather under a lock, one writes for all. What threads cost that sleep and wake is
// in it.
ledger::Result<double> append_ceiling_of_callers(const std::filesystem::path& folder,
                                                 std::span<const ledger::Batch> ones,
                                                 unsigned callers);

}  // namespace bench
