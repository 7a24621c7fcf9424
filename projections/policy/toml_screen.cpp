#include "projections/policy/toml_screen.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ledger/utf8.h"

namespace projections::policy {
namespace {

constexpr int dots_max = 1'000;
constexpr std::size_t text_length_max = 60'000;  // what a `policy.published` can hold

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

// A walk through a text: strings and comments are passed over.
class Screen {
 public:
  explicit Screen(std::string_view text) : text_(text) {}

  std::optional<Unfit> run() {
    // A byte order mark is no part of the document.
    if (text_.starts_with("\xef\xbb\xbf")) at_ = start_ = 3;
    if (const auto broken = ledger::find_invalid_utf8(text_)) {
      at_ = *broken;
      refuse({"a byte that is no part of a character", "不属于任何字符的字节"},
             std::string("UTF-8"));
    }
    while (at_ < text_.size() && !unfit_) {
      if (here() == '"' || here() == '\'') {
        skip_string();
      } else if (here() == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        look();
      }
    }
    return unfit_;
  }

 private:
  char here() const { return text_[at_]; }

  void refuse(ledger::Message got, ledger::Message wanted) {
    const auto before = text_.substr(0, at_);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    unfit_ = Unfit{static_cast<std::uint32_t>(lines) + 1, std::move(got), std::move(wanted)};
  }

  // One character outside strings. Dots join keys there.
  void look() {
    if (!is_ascii(here())) {
      return refuse({"a character that is not ASCII", "非 ASCII 字符"},
                    {"quotes around it", "加上引号"});
    }
    if (here() == '.' && ++dots_ > dots_max) {
      return refuse(
          {"keys with very many dots", "点号过多的键"},
          ledger::worded("at most {} dots outside texts", "文本之外至多 {} 个点号", dots_max));
    }
    follow();
    if (!unfit_) ++at_;
  }

  // What the character makes of the place: a key, or the beginning or the rest of a value. The
  // parser reads a value that began without quotes to its end whatever comes, texts included.
  void follow() {
    switch (here()) {
      case '\n':
        place_ = in_array() ? Place::value : Place::key;
        break;
      case ',':
        if (!open_.empty()) place_ = in_array() ? Place::value : Place::key;
        break;
      case '=':
        if (place_ != Place::key) {
          return refuse({"an equals sign in a value", "值中的等号"},
                        {"one value by itself", "单独一个值"});
        }
        place_ = Place::value;
        break;
      case '[':
      case '{':
        open();
        break;
      case ']':
      case '}':
        if (open_.empty()) break;  // of a table's name
        open_.pop_back();
        place_ = Place::rest;
        break;
      case ' ':
      case '\t':
      case '\r':
        break;
      default:
        if (place_ == Place::value) place_ = Place::rest;
    }
  }

  void open() {
    if (place_ == Place::key && open_.empty() && here() == '[') return;  // a table's name
    if (place_ != Place::value) {
      return refuse({"a bracket after other characters", "其他字符之后的括号"},
                    {"an array or table by itself", "单独的数组或表"});
    }
    open_.push_back(here());
    if (here() == '{') place_ = Place::key;
  }

  bool in_array() const { return !open_.empty() && open_.back() == '['; }

  // A string can begin at these places only; elsewhere the parser reads into it as if it
  // were none.
  bool may_begin_string() const {
    constexpr std::string_view openers = " \t\r\n=,[{.";
    if (place_ == Place::rest) return false;
    return at_ == start_ || openers.find(text_[at_ - 1]) != std::string_view::npos;
  }

  void skip_string() {
    if (!may_begin_string()) {
      return refuse({"a quote after other characters", "其他字符之后的引号"},
                    {"a text by itself", "单独的文本"});
    }
    if (place_ == Place::value) place_ = Place::rest;
    const char quote = here();
    const bool long_form = text_.substr(at_, 3) == std::string(3, quote);
    const auto mark = text_.substr(at_, long_form ? 3 : 1);
    at_ += mark.size();
    while (at_ < text_.size() && !unfit_) {
      if (text_.substr(at_, mark.size()) == mark) {
        at_ += mark.size();
        if (long_form) skip_last_quotes(quote);
        return;
      }
      if (!long_form && here() == '\n') return;  // never closed: for the parser to report
      if (quote == '"' && here() == '\\')
        skip_escape(long_form);
      else
        ++at_;
    }
  }

  // A text of several lines may end with one or two quotes of its own.
  void skip_last_quotes(char quote) {
    for (int more = 0; more < 2 && at_ < text_.size() && here() == quote; ++more) ++at_;
  }

  // A backslash; in a text of several lines it may join them, passing over white space.
  void skip_escape(bool long_form) {
    ++at_;
    if (at_ == text_.size()) return;
    const auto* const white = " \t\r\n";
    const auto next = std::min(text_.find_first_not_of(white, at_), text_.size());
    if (!long_form || next == at_) {
      if (long_form && !is_ascii(here()))
        return refuse(
            {"a backslash before a character that is not ASCII", "非 ASCII 字符之前的反斜杠"},
            {"an escape of TOML", "TOML 的转义"});
      ++at_;
      return;
    }
    at_ = next;
    if (at_ < text_.size() && !is_ascii(here())) {
      refuse({"a joined line that begins with a character that is not ASCII",
              "以非 ASCII 字符开头的续行"},
             {"a text of one line", "单行文本"});
    }
  }

  // Where the walk stands: in a key, before a value, or behind the beginning of one.
  enum class Place { key, value, rest };

  std::string_view text_;
  Place place_ = Place::key;
  std::string open_;  // brackets that a value has open
  std::size_t start_ = 0;
  std::size_t at_ = 0;
  int dots_ = 0;
  std::optional<Unfit> unfit_;
};

}  // namespace

std::optional<Unfit> screen_toml(std::string_view text) {
  if (text.size() > text_length_max) {
    return Unfit{1, ledger::worded("{} bytes", "{} 字节", text.size()),
                 ledger::worded("at most {}", "至多 {}", text_length_max)};
  }
  return Screen(text).run();
}

}  // namespace projections::policy
