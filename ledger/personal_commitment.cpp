#include "ledger/personal_commitment.h"

#include "ledger/proof/hash.h"

namespace ledger {

Hash personal_commitment(const PersonalSalt& salt, std::string_view value) {
  proof::Sha256 hash;
  hash.add(salt);
  hash.add(bytes_of(value));
  return hash.finish();
}

}  // namespace ledger
