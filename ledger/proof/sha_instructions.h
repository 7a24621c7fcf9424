// SHA-256 by the instructions that processors of x86-64 may have for it (FIPS 180-4, section 6.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ledger/base/bytes.h"

namespace ledger::proof {

// Whether this processor has them; `compress` requires it.
bool has_sha_instructions();

inline constexpr std::size_t sha_block_bytes = 64;

// The hash of a message between two of its blocks. A plain value.
struct ShaState {
  // A, B, E, F and C, D, G, H, each the other way round, as the instructions want them. Begins
  // with the values of section 5.3.3.
  alignas(16) std::array<std::uint32_t, 8> words{0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667,
                                                 0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372};

  Hash digest() const;
};

// Takes in one block of 64 bytes.
void compress(ShaState& state, const std::byte* block);

// Takes in a block of each of two messages in the time of one: an instruction waits for the one
// before it of the same message, and the other message has the processor meanwhile.
void compress(ShaState& state, const std::byte* block, ShaState& other_state,
              const std::byte* other_block);

}  // namespace ledger::proof
