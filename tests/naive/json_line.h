// One printed JSON object: keys in the order they are added, no spaces.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/time.h"

namespace naive {

class JsonLine {
 public:
  void add(std::string_view key, std::string_view text);
  void add(std::string_view key, std::int64_t number);
  void add(std::string_view key, ledger::Date date);
  void add(std::string_view key, const std::vector<std::string>& texts);
  void add_bool(std::string_view key, bool truth);
  // `json` is a whole JSON value.
  void add_raw(std::string_view key, std::string_view json);

  // Only when there is a value.
  template <class Value>
  void add(std::string_view key, const std::optional<Value>& value) {
    if (value) add(key, *value);
  }

  std::string text() const { return '{' + members_ + '}'; }

 private:
  std::string members_;
};

// The elements, each a whole JSON value, as an array.
std::string json_array(const std::vector<std::string>& elements);

}  // namespace naive
