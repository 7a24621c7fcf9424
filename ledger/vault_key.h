// The key of a vault: what the operator keeps, and never types.
#pragma once

#include <filesystem>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/cipher.h"

namespace ledger {

struct VaultKey {
  CipherKey bytes;
};

// 64 lower-case hex digits, with white space around them at most. Fails with `unavailable`;
// the message names `where` and never repeats what was there.
Result<VaultKey> parse_vault_key(std::string_view text, std::string_view where);

// Fails with `not_found`, or with `unavailable` when others than its owner may read the file
// or it holds no key.
Result<VaultKey> read_vault_key(const std::filesystem::path& file);

// Makes the file with a new key that only its owner may read, durable on return. Fails with
// `conflict` when there is one, with `unavailable` when it cannot be written.
Result<VaultKey> make_vault_key(const std::filesystem::path& file);

}  // namespace ledger
