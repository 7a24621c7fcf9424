#pragma once

#include "ledger/base/bytes.h"
#include "ledger/cipher.h"

namespace ledger {

// HMAC-SHA-256 of `message`: who lacks the key cannot even try values against it.
Hash keyed_digest(const CipherKey& key, Bytes message);

}  // namespace ledger
