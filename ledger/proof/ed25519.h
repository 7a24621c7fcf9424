// Ed25519 signatures (RFC 8032) over whole messages. Pure: the seed comes from the caller.
#pragma once

#include <array>
#include <span>

#include "ledger/base/bytes.h"

namespace ledger::proof::ed25519 {

using Seed = std::array<std::byte, 32>;  // the secret key; whoever has it can sign
using PublicKey = std::array<std::byte, 32>;
using Signature = std::array<std::byte, 64>;

PublicKey public_key_of(const Seed& seed);
Signature sign(const Seed& seed, Bytes message);
// False as well for bytes that are no public key, or no signature by their length.
bool verify(const PublicKey& key, Bytes message, Bytes signature);
// Whether anyone can sign under that key, having no secret: a point of small order (RFC 8032,
// section 8.9 leaves such keys to the caller). Deterministic; takes some milliseconds.
bool is_weak(const PublicKey& key);

// Overwrites a secret before its memory is given back.
void wipe(std::span<std::byte> secret);

}  // namespace ledger::proof::ed25519
