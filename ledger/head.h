// Where the log stands: one record, rewritten with every commit group.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/proof/frontier.h"

namespace ledger {

struct Head {
  proof::Frontier frontier;                                             // its size is the log's
  std::int64_t appended_ns = std::numeric_limits<std::int64_t>::min();  // of the last entry
  std::uint64_t entry_bytes = 0;  // of all entries, without frames

  TreeSize size() const { return frontier.size(); }

  std::vector<std::byte> serialise() const;
  // Fails with `corrupt`.
  static Result<Head> parse(Bytes bytes);
};

}  // namespace ledger
