// The least that making and checking an inclusion proof could take.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace bench {

// For each entry: finds its frame, gets the full tiles above it from the database, and hashes the
// subtrees beside its path in them. What lies at the right edge of the tree is taken as known, and
// no text is written. Returns seconds.
ledger::Result<double> prove_ceiling(const std::filesystem::path& database,
                                     const std::vector<ledger::Sequence>& indexes);

// As often: one Ed25519 signature verified, and a leaf and a path of so many nodes hashed.
ledger::Result<double> check_ceiling(std::uint64_t count, ledger::TreeSize size);

}  // namespace bench
