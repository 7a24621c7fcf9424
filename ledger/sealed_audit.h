#pragma once

#include <cstdint>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/reader.h"
#include "ledger/vault.h"
#include "ledger/verify.h"

namespace ledger {

struct SealedAudit {
  std::uint64_t sealed = 0;  // values that are
  std::uint64_t opened = 0;  // of these, as they were sealed
  std::uint64_t erased = 0;  // of these, of persons whose erasure the log records
  std::vector<Finding> findings;
};

// Opens every sealed value of a view, and holds the vault against what the log says of
// erasures. Fails as reading does.
Result<SealedAudit> audit_sealed(const Reader& reader, const Vault& vault);

}  // namespace ledger
