#pragma once

#include <cstdint>
#include <filesystem>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace cli::demo {

// What a forger did.
struct Forgery {
  ledger::Sequence index;  // the entry
  std::size_t offset;      // of the byte within the entry
  unsigned before, after;  // the byte
  std::int64_t fen_before, fen_after;
};

// Changes one byte of the amount of a stored `settlement.approved` of `order`, as somebody
// with full access to the database could: behind the log's back, with the database's own
// checksums in order. Fails with `not_found` when there is no such entry.
ledger::Result<Forgery> forge_settlement(const std::filesystem::path& ledger,
                                         std::string_view order);

}  // namespace cli::demo
