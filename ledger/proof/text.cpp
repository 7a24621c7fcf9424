#include "ledger/proof/text.h"

#include <array>
#include <charconv>

namespace ledger::proof {
namespace {

// What a first byte says of a UTF-8 sequence: its length, the bits it carries itself, and
// the least code point that needs such a length.
struct Lead {
  std::size_t length;
  unsigned bits;
  char32_t least;
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte < 0x80) return Lead{1, byte, 0};
  if (byte >= 0xC0 && byte < 0xE0) return Lead{2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte < 0xF0) return Lead{3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte < 0xF8) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

constexpr std::size_t quoted_bytes_max = 80;

}  // namespace

std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::optional<char32_t> take_code_point(std::string_view& rest) {
  if (rest.empty()) return std::nullopt;
  const auto lead = lead_of(static_cast<unsigned char>(rest.front()));
  if (!lead || rest.size() < lead->length) return std::nullopt;
  char32_t point = lead->bits;
  for (const char c : rest.substr(1, lead->length - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    point = point << 6 | (byte & 0x3FU);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < lead->least || point > 0x10FFFF || surrogate) return std::nullopt;
  rest.remove_prefix(lead->length);
  return point;
}

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const auto point = take_code_point(text);
    if (!point || (*point < 0x20 && *point != '\n')) return false;
  }
  return true;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool padded = text.size() > 1 && text.front() == '0';
  if (error != std::errc{} || stop != end || padded) return std::nullopt;
  return number;
}

std::string quoted(std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string shown = "\"";
  for (const char c : text.substr(0, quoted_bytes_max)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\') {
      shown += c;
    } else {
      shown.append("\\x") += digits[byte >> 4];
      shown += digits[byte & 0x0FU];
    }
  }
  return shown + (text.size() > quoted_bytes_max ? "\"..." : "\"");
}

Error malformed(const Message& kind, const Message& part, std::string_view got,
                const Message& wanted) {
  return {ErrorCode::invalid,
          worded("not {}: its {} is {}, wanted {}", "不是{}：其{}为 {}，应为 {}", kind, part,
                 quoted(got), wanted)};
}

}  // namespace ledger::proof
