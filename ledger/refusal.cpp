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

Message Refusal::message() const {
  if (field.empty()) return worded("got {}, wanted {}", "得到 {}，应为 {}", got, wanted);
  return worded("{}: got {}, wanted {}", "{}：得到 {}，应为 {}", field, got, wanted);
}

Error refused(const Refusal& refusal) {
  return {ErrorCode::invalid, refusal.message()};
}

Error refused(std::string field, Message got, Message wanted) {
  return refused({std::move(field), std::move(got), std::move(wanted)});
}

}  // namespace ledger
