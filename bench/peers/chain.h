// The hash chain that the databases keep: each row holds SHA-256(hash of the row before ‖
// entry), the first one SHA-256(entry).
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/base/bytes.h"
#include "ledger/proof/hash.h"

namespace bench {

// One thread at a time.
class Chain {
 public:
  // The hash of the row that holds this entry, which is the next.
  const ledger::Hash& extend(ledger::Bytes entry) {
    if (last_) digest_.add(*last_);
    digest_.add(entry);
    return last_.emplace(digest_.finish());
  }

 private:
  ledger::proof::Sha256 digest_;
  std::optional<ledger::Hash> last_;
};

}  // namespace bench
