#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace ledger {

using Bytes = std::span<const std::byte>;
using Hash = std::array<std::byte, 32>;  // a SHA-256 digest

// The bytes of `text`, which must outlive the result.
inline Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

// `bytes` seen as characters; they must outlive the result.
inline std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace ledger
