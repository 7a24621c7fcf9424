#include "ledger/refusal.h"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

#include "ledger/utf8.h"

namespace ledger {
namespace {

constexpr std::size_t shown_max = 60;  // characters

// Characters that a terminal may act on, or that reorder what stands around them.
bool prints_badly(char32_t c) {
  return is_control(c) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

void append_printable(std::string& out, std::string_view text, std::string_view also_escaped) {
  std::size_t shown = 0;
  for (std::size_t at = 0; at < text.size(); ++shown) {
    if (shown == shown_max) {
      out += "…";
      return;
    }
    const auto [point, size] = next_code_point(text.substr(at));
    if (size == 0) {
      out += "\\?";
      ++at;
      continue;
    }
    const auto character = text.substr(at, size);
    if (prints_badly(point)) {
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point));
    } else {
      if (also_escaped.find(character) != std::string_view::npos) out += '\\';
      out += character;
    }
    at += size;
  }
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  append_printable(out, text, "\"\\");
  out += '"';
  if (text.size() > shown_max) out += fmt::format(" ({} bytes)", text.size());
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  append_printable(out, text, "");
  return out;
}

Error refused(std::string_view field, std::string_view got, std::string_view wanted) {
  std::string message(field);
  message.append(": got ").append(got).append(", wanted ").append(wanted);
  return {ErrorCode::invalid, std::move(message)};
}

Error refused(const Refusal& refusal) {
  return refused(refusal.field, refusal.got, refusal.wanted);
}

}  // namespace ledger
