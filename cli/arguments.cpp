#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "cli/help.h"
#include "cli/version.h"
#include "ledger/codec.h"

namespace cli {
namespace {

constexpr std::array<Option, 2> help_options{Option{"--help", "", ValueKind::flag, {}},
                                             Option{"-h", "", ValueKind::flag, {}}};

constexpr Text wanted_kind(ValueKind kind) {
  switch (kind) {
    case ValueKind::count:
      return {"a whole number from 0", "从 0 起的整数"};
    case ValueKind::positive:
      return {"a whole number from 1", "从 1 起的整数"};
    case ValueKind::date:
      return {"a date as YYYY-MM-DD", "YYYY-MM-DD 形式的日期"};
    case ValueKind::event_type:
      return {"a type of the catalogue, such as order.created",
              "事件目录中的类型，例如 order.created"};
    case ValueKind::flag:
    case ValueKind::text:
      break;
  }
  return {"a text", "文本"};
}

// What a value of `option` must be, in words.
std::string wanted_of(const Option& option, Language language) {
  if (option.name == "--lang") return std::string(Text{"zh or en", "zh 或 en"}.in(language));
  std::string kind(wanted_kind(option.kind).in(language));
  if (option.at_most == 0) return kind;
  return language == Language::chinese ? fmt::format("从 1 到 {} 的整数", option.at_most)
                                       : fmt::format("{} to {}", kind, option.at_most);
}

bool fits(const Option& option, const std::string& value) {
  if (option.name == "--lang") return language_named(value).has_value();
  const auto kind = option.kind;
  if (kind == ValueKind::date) return ledger::parse_date(value).has_value();
  if (kind == ValueKind::event_type) return ledger::type_of(value).has_value();
  if (kind != ValueKind::count && kind != ValueKind::positive) return !value.empty();
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = code == std::errc{} && end == value.data() + value.size();
  if (!whole || (option.at_most > 0 && number > option.at_most)) return false;
  return kind == ValueKind::count || number > 0;
}

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

// `--name=value` and `--name` alike.
std::string_view name_in(std::string_view word) {
  return word.substr(0, word.find('='));
}

const Option* find(std::span<const Option> options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const auto& option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

// The option called `name` that every command takes.
const Option* find_global(std::string_view name) {
  const auto* const option = find(help_options, name);
  return option != nullptr ? option : find(global_options(), name);
}

// The option called `name` of whichever command has one: the command may stand behind it.
const Option* find_anywhere(std::span<const Command> commands, std::string_view name) {
  if (const auto* const option = find_global(name)) return option;
  for (const auto& command : commands) {
    if (const auto* const option = find(command.options, name)) return option;
  }
  return nullptr;
}

bool takes_next(const Option* option, std::string_view word) {
  return option != nullptr && option->kind != ValueKind::flag &&
         word.find('=') == std::string_view::npos;
}

// Where the name of the command stands among `words`; their number when it is nowhere.
std::size_t command_place(std::span<const Command> commands, std::span<const std::string> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") break;
    if (!is_option(words[i])) return i;
    if (takes_next(find_anywhere(commands, name_in(words[i])), words[i])) ++i;
  }
  return words.size();
}

// Sorts the words of one call by the options and positionals they belong to, in whatever
// order they stand; says why when one belongs nowhere. Used for one call.
class Sorting {
 public:
  // `command` may be null: then only what every command takes is known.
  Sorting(const Command* command, Language language) : command_(command), language_(language) {}

  void sort(std::span<const std::string> words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view word = words[i];
      if (word == "--") {
        for (const auto& rest : words.subspan(i + 1)) take_positional(rest);
        return;
      }
      if (!is_option(word)) {
        take_positional(words[i]);
        continue;
      }
      const auto* const option = option_named(name_in(word));
      if (option == nullptr) {
        unexpected_.push_back(words[i]);
      } else if (!takes_next(option, word)) {
        take_inline(*option, word);
      } else if (i + 1 == words.size() || option_named(name_in(words[i + 1])) != nullptr) {
        fail(*option, std::string(Text{"nothing", "空缺"}.in(language_)));
      } else {
        take(*option, words[++i]);
      }
    }
  }

  bool has(std::string_view name) const { return values_.contains(name); }

  // The first thing wrong with the call.
  std::optional<std::string> wrong() const {
    if (!unexpected_.empty()) {
      return language_ == Language::chinese
                 ? fmt::format("不认识的参数 {}", fmt::join(unexpected_, " "))
                 : fmt::format("not expected here: {}", fmt::join(unexpected_, " "));
    }
    if (wrong_) return wrong_;
    if (command_ == nullptr) return std::nullopt;
    for (const auto& option : command_->options) {
      if (!option.required || has(option.name)) continue;
      return language_ == Language::chinese ? fmt::format("缺少 {}", option.name)
                                            : fmt::format("{} is required", option.name);
    }
    return std::nullopt;
  }

  Arguments arguments() const {
    Arguments arguments;
    arguments.data = default_directory();
    for (const auto& [name, values] : values_) arguments.set(name, values);
    if (const auto data = arguments.text("--data")) arguments.data = *data;
    arguments.json = has("--json");
    return arguments;
  }

 private:
  const Option* option_named(std::string_view name) const {
    if (!is_option(name)) return nullptr;
    if (const auto* const option = find_global(name)) return option;
    return command_ == nullptr ? nullptr : find(command_->options, name);
  }

  void fail(const Option& option, const std::string& got) {
    if (wrong_) return;
    const auto wanted = wanted_of(option, language_);
    wrong_ = language_ == Language::chinese
                 ? fmt::format("{}：得到 {}，应为{}", option.name, got, wanted)
                 : fmt::format("{}: got {}, wanted {}", option.name, got, wanted);
  }

  // A flag, or `--name=value`.
  void take_inline(const Option& option, std::string_view word) {
    const auto equals = word.find('=');
    if (option.kind != ValueKind::flag) {
      take(option, std::string(word.substr(equals + 1)));
    } else if (equals == std::string_view::npos) {
      values_[std::string(option.name)];
    } else if (!wrong_) {
      wrong_ = language_ == Language::chinese ? fmt::format("{} 不带值", option.name)
                                              : fmt::format("{} takes no value", option.name);
    }
  }

  void take(const Option& option, std::string value) {
    if (!fits(option, value)) fail(option, fmt::format("{:?}", value));
    auto& values = values_[std::string(option.name)];
    values.push_back(std::move(value));
    if (values.size() == 1 || option.repeated || wrong_) return;
    wrong_ = language_ == Language::chinese
                 ? fmt::format("{} 只能给出一次", option.name)
                 : fmt::format("{} is given twice, wanted once", option.name);
  }

  // The next argument without a dash, or one more of the last that repeats.
  void take_positional(const std::string& word) {
    if (command_ != nullptr) {
      for (const auto& option : command_->options) {
        if (option.name.starts_with('-') || (has(option.name) && !option.repeated)) continue;
        take(option, word);
        return;
      }
    }
    unexpected_.push_back(word);
  }

  const Command* command_;
  Language language_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> unexpected_;
  std::optional<std::string> wrong_;
};

UsageError usage_error(const std::string& what, const Command* command, Language language) {
  const auto shown =
      command == nullptr ? std::string("tally") : fmt::format("tally {}", command->name);
  return {language == Language::chinese
              ? fmt::format("{}。`{} --help` 列出其用法。", what, shown)
              : fmt::format("{}. `{} --help` shows how to call it.", what, shown)};
}

}  // namespace

Language language_of(std::span<const std::string> words) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    std::optional<Language> named;
    if (words[i] == "--lang" && i + 1 < words.size()) named = language_named(words[i + 1]);
    if (words[i].starts_with("--lang=")) named = language_named(words[i].substr(7));
    if (named) return *named;
  }
  return language_of_environment();
}

std::variant<Call, Answer, UsageError> parse(std::span<const Command> commands,
                                             std::vector<std::string> words, Language language) {
  const auto place = command_place(commands, words);
  const auto named = std::find_if(commands.begin(), commands.end(), [&](const auto& command) {
    return place < words.size() && command.name == words[place];
  });
  const auto* const command = named == commands.end() ? nullptr : &*named;
  if (place < words.size() && command == nullptr) {
    return usage_error(language == Language::chinese
                           ? fmt::format("没有命令 {}", words[place])
                           : fmt::format("there is no command {}", words[place]),
                       nullptr, language);
  }
  if (command != nullptr) words.erase(words.begin() + static_cast<std::ptrdiff_t>(place));

  Sorting sorting(command, language);
  sorting.sort(words);
  if (sorting.has("--help") || sorting.has("-h")) {
    return Answer{command == nullptr ? help(commands, language) : help(*command, language)};
  }
  if (sorting.has("--version")) return Answer{fmt::format("tally {}\n", version_text())};
  if (const auto wrong = sorting.wrong()) return usage_error(*wrong, command, language);
  if (command == nullptr) {
    return usage_error(std::string(Text{"no command was given", "没有给出命令"}.in(language)),
                       nullptr, language);
  }
  return Call{command, sorting.arguments()};
}

}  // namespace cli
