#include "projections/json.h"

#include <algorithm>
#include <charconv>

namespace projections {

namespace {

bool is_plain(char c) {
  return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
}

void append_escaped(char c, std::string& out) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '\\';
  switch (c) {
    case '"':
    case '\\':
      out += c;
      break;
    case '\n':
      out += 'n';
      break;
    case '\t':
      out += 't';
      break;
    case '\r':
      out += 'r';
      break;
    case '\b':
      out += 'b';
      break;
    case '\f':
      out += 'f';
      break;
    default:
      out += "u00";
      out += hex[static_cast<unsigned char>(c) >> 4];
      out += hex[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (auto at = text.begin(); at != text.end();) {
    const auto special = std::find_if_not(at, text.end(), is_plain);
    out.append(at, special);
    at = special;
    if (at != text.end()) append_escaped(*at++, out);
  }
  out += '"';
}

void JsonObject::name(std::string_view key) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += key;
  out_ += "\":";
}

std::string in_quotes(std::string_view text) {
  std::string json;
  append_quoted(text, json);
  return json;
}

std::string take_quoted(std::string_view& from) {
  std::string text;
  std::size_t at = 1;
  while (at < from.size() && from[at] != '"') {
    if (from[at] != '\\') {
      text += from[at++];
      continue;
    }
    const char escape = at + 1 < from.size() ? from[at + 1] : '\0';
    at += 2;
    if (escape == 'u') {
      unsigned code = 0;
      const auto digits = from.substr(std::min(at, from.size()), 4);
      std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
      text += static_cast<char>(code);
      at += 4;
    } else {
      constexpr std::string_view escapes = "ntrbf";
      const auto known = escapes.find(escape);
      text += known == std::string_view::npos ? escape : "\n\t\r\b\f"[known];
    }
  }
  from.remove_prefix(std::min(at + 1, from.size()));
  return text;
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value) {
  name(key);
  append_quoted(value, out_);
  return *this;
}

JsonObject& JsonObject::number(std::string_view key, std::int64_t value) {
  name(key);
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
  return *this;
}

JsonObject& JsonObject::truth(std::string_view key, const bool& value) {
  return raw(key, value ? "true" : "false");
}

JsonObject& JsonObject::raw(std::string_view key, std::string_view value) {
  name(key);
  out_ += value;
  return *this;
}

}  // namespace projections
