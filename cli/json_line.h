#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cli {

// Writes one JSON object on one line: keys in the order they are given, no spaces, and
// only the escapes that RFC 8259 demands. Strings must be UTF-8.
class JsonLine {
 public:
  JsonLine& text(std::string_view key, std::string_view value);
  JsonLine& number(std::string_view key, std::int64_t value);
  JsonLine& number(std::string_view key, std::uint64_t value);

  JsonLine& truth(std::string_view key, std::same_as<bool> auto value) {
    return raw(key, value ? "true" : "false");
  }

  JsonLine& texts(std::string_view key, std::span<const std::string> values);
  // `value` is JSON already.
  JsonLine& raw(std::string_view key, std::string_view value);

  // The object and a line end.
  std::string line() const { return text_ + "}\n"; }

 private:
  std::string text_ = "{";
};

// Appends `text` to `out` as a JSON string, quotes included.
void append_quoted(std::string_view text, std::string& out);

}  // namespace cli
