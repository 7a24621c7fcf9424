// English or Chinese: the languages in which the program speaks. JSON keys, codes and
// clauses are never translated.
#pragma once

#include <optional>
#include <string_view>

namespace cli {

enum class Language { english, chinese };

// One wording in both languages.
struct Text {
  std::string_view en, zh;

  std::string_view in(Language language) const { return language == Language::chinese ? zh : en; }
};

// What `--lang` names: `zh` or `en`.
std::optional<Language> language_named(std::string_view name);
// What the environment's LANG asks for: Chinese for `zh…`, else English.
Language language_of_environment();

}  // namespace cli
