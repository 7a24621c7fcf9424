// Lines of a file as its program encoded them, to UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cli::csv {

enum class Encoding : std::uint8_t { utf8, gb18030 };

// What `--encoding` names: `utf-8` or `gb18030`.
std::optional<Encoding> encoding_named(std::string_view name);
std::string_view name_of(Encoding encoding);

// A place where the bytes of a line are no character.
struct Undecodable {
  std::size_t column;  // the characters before it, and one
  std::string bytes;   // those at fault, in hex
};

// Writes `line`, which has no line end in it, to `text` as UTF-8. Strict: bytes that encode
// nothing are reported, and stand in `text` as question marks so that the commas and quotes
// after them can still be found.
std::optional<Undecodable> decode_line(std::string_view line, Encoding encoding, std::string& text);

}  // namespace cli::csv
