// English or Chinese: the languages in which the program speaks. JSON keys, codes and
// clauses are never translated.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/message.h"

namespace cli {

enum class Language { english, chinese };

// A wording of the program's own.
struct Text : ledger::Wording {
  std::string_view in(Language language) const { return language == Language::chinese ? zh : en; }
};

inline const std::string& in(Language language, const ledger::Message& message) {
  return language == Language::chinese ? message.zh : message.en;
}

// What `--lang` names: `zh` or `en`.
std::optional<Language> language_named(std::string_view name);
// What the environment's LANG asks for: Chinese for `zh…`, else English.
Language language_of_environment();

}  // namespace cli
