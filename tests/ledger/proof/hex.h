#pragma once

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"

namespace ledger::proof::test {

inline std::string hex(Bytes bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    text += digits[std::to_integer<unsigned>(byte >> 4)];
    text += digits[std::to_integer<unsigned>(byte & std::byte{15})];
  }
  return text;
}

// The bytes, as characters, that well-formed lower-case hex stands for.
inline std::string unhex(std::string_view text) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
  }
  return bytes;
}

// So many bytes in hex.
template <std::size_t count>
std::array<std::byte, count> array_of(std::string_view text) {
  std::array<std::byte, count> bytes{};
  const std::string raw = unhex(text);
  REQUIRE(raw.size() == count);
  std::copy_n(bytes_of(raw).begin(), count, bytes.begin());
  return bytes;
}

}  // namespace ledger::proof::test
