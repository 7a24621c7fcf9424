#include "cli/json_line.h"

#include <fmt/format.h>

namespace cli {

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

JsonLine& JsonLine::raw(std::string_view key, std::string_view value) {
  if (text_.size() > 1) text_ += ',';
  append_quoted(key, text_);
  text_ += ':';
  text_ += value;
  return *this;
}

JsonLine& JsonLine::text(std::string_view key, std::string_view value) {
  std::string quoted;
  append_quoted(value, quoted);
  return raw(key, quoted);
}

JsonLine& JsonLine::number(std::string_view key, std::int64_t value) {
  return raw(key, std::to_string(value));
}

JsonLine& JsonLine::number(std::string_view key, std::uint64_t value) {
  return raw(key, std::to_string(value));
}

JsonLine& JsonLine::texts(std::string_view key, std::span<const std::string> values) {
  std::string array = "[";
  for (const auto& value : values) {
    if (array.size() > 1) array += ',';
    append_quoted(value, array);
  }
  return raw(key, array + "]");
}

}  // namespace cli
