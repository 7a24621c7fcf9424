#include "cli/printable.h"

#include <fmt/format.h>

#include "ledger/proof/text.h"

namespace cli {
namespace {

// C0, DEL and C1.
bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F);
}

// Separators of lines, and what makes text run the other way (Unicode Annex 9).
bool turns_or_breaks(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

std::string escaped(char32_t point) {
  if (point == '\n') return "\\n";
  if (point == '\r') return "\\r";
  if (point == '\t') return "\\t";
  const auto number = static_cast<std::uint32_t>(point);
  return point < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{:04x}", number);
}

std::string shown(std::string_view text, bool keep_line_ends) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto rest = text;
    const auto point = ledger::proof::take_code_point(rest);
    if (!point) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    const auto bytes = text.substr(0, text.size() - rest.size());
    text = rest;
    const bool harmless = !is_control(*point) && !turns_or_breaks(*point);
    if (harmless || (keep_line_ends && *point == '\n')) {
      out += bytes;
    } else {
      out += escaped(*point);
    }
  }
  return out;
}

}  // namespace

std::string printable(std::string_view text) {
  return shown(text, false);
}

std::string printable_lines(std::string_view text) {
  return shown(text, true);
}

}  // namespace cli
