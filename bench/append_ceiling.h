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
// go: frames, full tiles, idempotency keys, last entries of streams and the head, in
// one synced write a group. The entries are taken as they are. Returns the seconds from
// the first entry to the last sync.
ledger::Result<double> append_ceiling(const std::filesystem::path& folder,
                                      std::span<const ledger::Batch> groups, Pipeline pipeline);

}  // namespace bench
