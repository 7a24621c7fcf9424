// Reads one line of JSON, strictly, into a flat list of values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/message.h"
#include "ledger/refusal.h"

namespace ledger {

enum class JsonKind : std::uint8_t { null, boolean, integer, string, array, object };

// One value. The values inside an array or object follow it directly.
struct JsonValue {
  JsonKind kind;
  std::uint32_t extent;  // values from this one to the end of what is inside it, itself included
  std::uint32_t key_at, key_size;    // of a member of an object
  std::uint32_t text_at, text_size;  // of a string
  std::int64_t integer;  // of an integer; of a boolean, 0 or 1; of others, how many are inside
};

// The values directly inside an array or object.
class JsonChildren {
 public:
  class Iterator {
   public:
    explicit Iterator(const JsonValue* at) : at_(at) {}

    const JsonValue& operator*() const { return *at_; }

    Iterator& operator++() {
      at_ += at_->extent;
      return *this;
    }

    bool operator==(const Iterator&) const = default;

   private:
    const JsonValue* at_;
  };

  explicit JsonChildren(const JsonValue& parent) : parent_(&parent) {}

  Iterator begin() const { return Iterator(parent_ + 1); }

  Iterator end() const { return Iterator(parent_ + parent_->extent); }

 private:
  const JsonValue* parent_;
};

// Keeps its buffers from line to line: a line allocates nothing once they have grown.
// Not thread-safe.
class JsonReader {
 public:
  // 65,535 bytes of text, each escaped in six, are well below this.
  static constexpr std::size_t line_bytes_max = std::size_t{1} << 20U;
  static constexpr std::size_t depth_max = 32;
  // No object of the catalogue comes near; bounds the search for duplicate keys.
  static constexpr std::size_t members_max = 64;

  JsonReader();
  ~JsonReader();

  // Reads `line`, which must be one JSON value with nothing but white space around it.
  // Refused, beyond what RFC 8259 refuses: duplicate keys, numbers that are no int64 or
  // are spelled with a fraction or an exponent, lone surrogates, text that is not UTF-8,
  // and whatever exceeds the limits above.
  std::optional<Refusal> read(std::string_view line);

  // What was read last; references live until the next `read`.
  const JsonValue& root() const;
  std::string_view key(const JsonValue& value) const;
  std::string_view text(const JsonValue& value) const;
  // The value in words, fit for the `got` of a refusal.
  Message shown(const JsonValue& value) const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace ledger
