// What is said to a person, in English and in Chinese.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ledger {

// A fixed wording in both languages of the program.
struct Wording {
  std::string_view en, zh;
};

// What is said once, in both.
struct Message {
  std::string en, zh;

  Message() = default;

  Message(std::string english, std::string chinese)
      : en(std::move(english)), zh(std::move(chinese)) {}

  // NOLINTNEXTLINE(google-explicit-constructor): a wording is a message as it is.
  Message(const Wording& wording) : en(wording.en), zh(wording.zh) {}

  // What is the same in both: a name, a number, a value, what a library says. No literal does
  // likewise: whoever writes words writes them in both.
  // NOLINTNEXTLINE(google-explicit-constructor): text is a message like any other.
  Message(std::string same) : en(same), zh(std::move(same)) {}
};

template <class Value>
using Spoken = std::conditional_t<std::is_same_v<Value, Message>, std::string, Value>;

template <std::string Message::*language, class Value>
const Spoken<Value>& spoken(const Value& value) {
  if constexpr (std::is_same_v<Value, Message>) {
    return value.*language;
  } else {
    return value;
  }
}

// Both wordings with the same arguments filled in, of which the compiler checks that they fit. An
// argument that is a message itself is filled in in each language.
template <class... Values>
Message worded(fmt::format_string<const Spoken<Values>&...> en,
               fmt::format_string<const Spoken<Values>&...> zh, const Values&... values) {
  return {fmt::format(en, spoken<&Message::en>(values)...),
          fmt::format(zh, spoken<&Message::zh>(values)...)};
}

}  // namespace ledger
