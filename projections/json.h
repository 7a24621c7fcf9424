#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace projections {

// Appends a JSON array whose elements `write` appends, given the value and the string.
template <class Values, class Write>
void append_array(const Values& values, Write&& write, std::string& out) {
  out += '[';
  bool first = true;
  for (const auto& value : values) {
    if (!first) out += ',';
    first = false;
    write(value, out);
  }
  out += ']';
}

// Appends one JSON object to a string: keys in the order they are given, no spaces, and
// only the escapes that RFC 8259 demands. Strings must be UTF-8. The object is complete
// after `close`.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }

  JsonObject& text(std::string_view key, std::string_view value);
  JsonObject& number(std::string_view key, std::int64_t value);
  JsonObject& truth(std::string_view key, const bool& value);
  // `value` is JSON already.
  JsonObject& raw(std::string_view key, std::string_view value);

  // An array whose elements `write` appends, given the value and the string.
  template <class Values, class Write>
  JsonObject& array(std::string_view key, const Values& values, Write&& write) {
    name(key);
    append_array(values, write, out_);
    return *this;
  }

  void close() { out_ += '}'; }

 private:
  void name(std::string_view key);

  std::string& out_;
  bool first_ = true;
};

// Appends `text` as a JSON string, quotes included.
void append_quoted(std::string_view text, std::string& out);
std::string in_quotes(std::string_view text);

// Takes the text off the front of `from` that `append_quoted` put there, quotes included. Of
// anything else it takes some of the bytes, or none.
std::string take_quoted(std::string_view& from);

}  // namespace projections
