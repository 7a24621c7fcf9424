// UTF-8, checked strictly: no overlong forms, no surrogates, nothing beyond U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace ledger {

struct CodePoint {
  char32_t value;
  std::size_t size;  // bytes it takes; 0 when the text does not start with a character
};

// The first character of `text`, which is not empty.
CodePoint next_code_point(std::string_view text);
// Where the first byte stands that is not part of a character.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Unicode category Cc.
constexpr bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

// Whether `text`, which is UTF-8, holds a control character.
bool has_control(std::string_view text);

}  // namespace ledger
