#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace ledger {

// Fills `bytes` with what nobody can guess: keys, salts, nonces. Stops the program when the
// system has none, since no caller may go on with others. The one place that asks for them.
void fill_random(std::span<std::byte> bytes);

template <std::size_t Size>
std::array<std::byte, Size> random_bytes() {
  std::array<std::byte, Size> bytes;
  fill_random(bytes);
  return bytes;
}

}  // namespace ledger
