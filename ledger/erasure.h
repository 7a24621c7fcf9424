// Erasing persons: what makes their sealed values unreadable for ever.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/log.h"

namespace ledger {

struct ErasureRequest {
  std::vector<std::string> persons;
  std::string reason;
  std::string actor;         // may be empty
  std::int64_t time_ns = 0;  // when it happened
};

struct Erasure {
  std::string person;
  std::int64_t fields = 0;  // sealed values of theirs in the log
  Sequence index;           // of their `person.erased`
  bool repeated = false;    // it stood there before
};

// Destroys the keys of these persons in the vault of `log`, then records `person.erased` for
// each. Nothing else may append meanwhile. After a crash either none of them is erased or all
// are, some perhaps not recorded yet; the same request again completes it. Fails with
// `invalid` for a ledger without a vault, a person of whom it holds nothing, or a reason that
// an event cannot hold, nothing done; with `unavailable` as the disk does.
Result<std::vector<Erasure>> erase(Log& log, const ErasureRequest& request);

}  // namespace ledger
