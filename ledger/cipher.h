// AES-256-GCM, the one cipher of the vault and of sealed values.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "ledger/base/bytes.h"

namespace ledger {

using CipherKey = std::array<std::byte, 32>;

// What a ciphertext is longer than what it hides: nonce before, tag after.
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t cipher_overhead = nonce_bytes + tag_bytes;

// Appends nonce ‖ ciphertext ‖ tag of `plain` to `out`. The nonce is random: a key may take
// some 2^32 of them. `bound` is not hidden, but without it nothing opens.
void encrypt(const CipherKey& key, Bytes plain, Bytes bound, std::string& out);

// The inverse; nothing when the key, `bound` or a single bit is another.
std::optional<std::string> decrypt(const CipherKey& key, Bytes sealed, Bytes bound);

}  // namespace ledger
