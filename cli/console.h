#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "cli/exit.h"
#include "cli/language.h"
#include "ledger/base/error.h"

namespace cli {

// Where a command speaks: results to one stream, messages and progress to the other,
// in one language. Every wording is given in both languages with the same arguments,
// so that the compiler checks both. One thread at a time.
class Console {
 public:
  Console(std::FILE* out, std::FILE* err, Language language)
      : out_(out), err_(err), language_(language) {}

  Language language() const { return language_; }

  std::string_view in(const Text& text) const { return text.in(language_); }

  const std::string& in(const ledger::Message& message) const {
    return cli::in(language_, message);
  }

  // `en` or `zh` with the arguments filled in.
  template <class... Values>
  std::string text(fmt::format_string<Values...> en, fmt::format_string<Values...> zh,
                   Values&&... values) const {
    return fmt::format(language_ == Language::chinese ? zh : en, std::forward<Values>(values)...);
  }

  // A line of prose among the results.
  template <class... Values>
  void say(fmt::format_string<Values...> en, fmt::format_string<Values...> zh, Values&&... values) {
    write_line(text(en, zh, std::forward<Values>(values)...));
  }

  // A line of prose beside the results.
  template <class... Values>
  void note(fmt::format_string<Values...> en, fmt::format_string<Values...> zh,
            Values&&... values) {
    write_line_aside(text(en, zh, std::forward<Values>(values)...));
  }

  // Results, byte for byte.
  void write(std::string_view bytes);
  // Messages; whatever is among the results goes out first, so that the two keep order.
  void write_aside(std::string_view bytes);
  // Prints the one paragraph of an error.
  void error(std::string_view paragraph);
  // Prints `error` and says which exit status it means.
  Exit fail(const ledger::Error& error);

  // Sends everything on its way; `unavailable` when the results did not all get out.
  ledger::Status flush();
  bool shows_progress() const;

 private:
  // Prose with what it quotes made printable.
  void write_line(std::string_view prose);
  void write_line_aside(std::string_view prose);

  std::FILE* out_;
  std::FILE* err_;
  Language language_;
  bool out_broken_ = false;
};

}  // namespace cli
