// Pieces that the text formats of this folder share. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"

namespace ledger::proof {

// Takes the next line off `rest`, without its line end; nothing, and `rest` left alone,
// when no line end follows.
std::optional<std::string_view> take_line(std::string_view& rest);

// Takes one code point off `rest`; nothing when it does not start with well-formed UTF-8.
std::optional<char32_t> take_code_point(std::string_view& rest);

// Well-formed UTF-8 without control characters (below U+0020) other than line ends.
bool is_plain_text(std::string_view text);

// A decimal number of 64 bits, without sign, spaces or leading zeros.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// `text` as an error message may show it: in quotes, foreign bytes escaped, cut when long.
std::string quoted(std::string_view text);

// The error (`invalid`) of a text that is not `kind`, since in place of its `part` stands `got`.
Error malformed(const Message& kind, const Message& part, std::string_view got,
                const Message& wanted);

}  // namespace ledger::proof
