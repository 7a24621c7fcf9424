// Integers in the byte orders of the stored forms. Pure.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "ledger/base/bytes.h"

namespace ledger {

static_assert(std::endian::native == std::endian::little, "stored forms are read in place");

// The little-endian integer at `offset`, which need not be aligned.
template <class Integer>
Integer load_little(Bytes bytes, std::size_t offset) {
  Integer value;
  std::memcpy(&value, bytes.subspan(offset, sizeof value).data(), sizeof value);
  return value;
}

template <class Integer>
void store_little(std::span<std::byte> bytes, std::size_t offset, Integer value) {
  std::memcpy(bytes.subspan(offset, sizeof value).data(), &value, sizeof value);
}

// Keys are big-endian, so that their byte order is the order of the numbers.
inline std::array<std::byte, 8> big_endian(std::uint64_t value) {
  const auto swapped = __builtin_bswap64(value);
  std::array<std::byte, 8> bytes;
  std::memcpy(bytes.data(), &swapped, sizeof swapped);
  return bytes;
}

inline std::uint64_t load_big(Bytes bytes) {
  return __builtin_bswap64(load_little<std::uint64_t>(bytes, 0));
}

}  // namespace ledger
