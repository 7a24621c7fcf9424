#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace projections {

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

  // An array whose elements `write` appends, each by `separate(out)` and then its JSON.
  template <class Values, class Write>
  JsonObject& array(std::string_view key, const Values& values, Write&& write) {
    name(key);
    out_ += '[';
    bool first = true;
    for (const auto& value : values) {
      if (!first) out_ += ',';
      first = false;
      write(value, out_);
    }
    out_ += ']';
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

}  // namespace projections
