// The least that checking and replaying a stored ledger could take.
#pragma once

#include <cstdint>
#include <filesystem>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace bench {

struct Checked {
  double seconds;
  ledger::Hash root;
};

// Opens the database and reads every entry: checksum, FlatBuffers verifier, leaf hash, and the
// root of it all; sums the rows of both index tables against them. On so many threads, each
// taking subtrees of 2^16 leaves. Neither tiles nor signatures are looked at. Fails with `corrupt`
// where something differs.
ledger::Result<Checked> verify_ceiling(const std::filesystem::path& database, ledger::TreeSize size,
                                       unsigned threads);

// Opens the database and has RocksDB bring every frame and tile, unpacked, and looks at none of
// them. On so many threads, as above. Returns seconds.
ledger::Result<double> unpack_ceiling(const std::filesystem::path& database, ledger::TreeSize size,
                                      unsigned threads);

// Opens the database, reads every entry, runs the FlatBuffers verifier, and folds what was granted
// to each order and set off by each dealer: a fold, but no policy. Returns seconds.
ledger::Result<double> replay_ceiling(const std::filesystem::path& database);

}  // namespace bench
