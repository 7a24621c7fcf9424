// What opens a vault for whoever has its key: the key-encryption key, wrapped, and which
// generation of the vault's records it wraps.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ledger/base/error.h"
#include "ledger/cipher.h"
#include "ledger/vault_key.h"

namespace ledger {

struct Keyring {
  std::string origin;            // of the ledger that the vault belongs to
  std::uint64_t generation = 1;  // each erasure begins the next
  CipherKey wrapping;            // the key-encryption key
};

// Fails with `not_found`, with `unavailable` when `key` does not open it, or `corrupt`.
Result<Keyring> read_keyring(const std::filesystem::path& file, const VaultKey& key);

// Replaces the file at once; what it held before is gone from it on return. Fails with
// `unavailable`.
Status replace_keyring(const std::filesystem::path& file, const Keyring& keyring,
                       const VaultKey& key);

}  // namespace ledger
