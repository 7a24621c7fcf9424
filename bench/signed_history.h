// The national history as it is when everybody signs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/batch.h"

namespace bench {

struct SignedHistory {
  // The same events, with a signature and without, in the same batches. The first batch of
  // both enrols the keys.
  std::vector<ledger::Batch> with, without;
};

// The first so many events, each signed for the ledger `origin` by a key of its role. Fails
// with `invalid` if the encoder refuses what the generator makes.
ledger::Result<SignedHistory> signed_history(std::uint64_t events, std::size_t batch_size,
                                             std::string_view origin);

}  // namespace bench
