#include "cli/language.h"

#include <cstdlib>

namespace cli {

std::optional<Language> language_named(std::string_view name) {
  if (name == "zh") return Language::chinese;
  if (name == "en") return Language::english;
  return std::nullopt;
}

Language language_of_environment() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read once, before any thread starts.
  const char* const lang = std::getenv("LANG");
  const bool chinese = lang != nullptr && std::string_view(lang).substr(0, 2) == "zh";
  return chinese ? Language::chinese : Language::english;
}

}  // namespace cli
