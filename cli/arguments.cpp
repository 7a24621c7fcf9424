#include "cli/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <deque>

#include "cli/version.h"
#include "ledger/codec.h"

namespace cli {
namespace {

// One declared option beside the place where the parser puts what it reads.
struct Slot {
  const Option* option;
  CLI::Option* parsed = nullptr;
  std::vector<std::string> values;
  bool flag = false;
};

struct Registered {
  const Command* command;
  CLI::App* app;
  std::deque<Slot> slots;
};

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

bool fits(ValueKind kind, const std::string& value) {
  if (kind == ValueKind::date) return ledger::parse_date(value).has_value();
  if (kind == ValueKind::event_type) return ledger::type_of(value).has_value();
  if (kind != ValueKind::count && kind != ValueKind::positive) return true;
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = code == std::errc{} && end == value.data() + value.size();
  return whole && (kind == ValueKind::count || number > 0);
}

std::string footer(const Command& command, Language language) {
  std::string text(Text{"Example:", "示例："}.in(language));
  for (const auto line : command.example) text += fmt::format("\n  {}", line);
  text += "\n\n";
  text += Text{"Every command also takes --data DIR, --json and --lang zh|en: see tally --help.",
               "每个命令另有 --data DIR、--json 与 --lang zh|en，见 tally --help。"}
              .in(language);
  return text + "\n";
}

void label(CLI::App& app, Language language) {
  if (language != Language::chinese) return;
  const auto formatter = app.get_formatter();
  formatter->label("Usage", "用法");
  formatter->label("OPTIONS", "选项");
  formatter->label("SUBCOMMAND", "命令");
  formatter->label("Positionals", "参数");
  formatter->label("Options", "选项");
  formatter->label("Subcommands", "命令");
  formatter->label("REQUIRED", "必需");
  app.option_defaults()->group("选项");
}

void declare(CLI::App& app, Slot& slot, Language language) {
  const auto& option = *slot.option;
  const std::string name(option.name);
  const std::string help(option.help.in(language));
  if (option.kind == ValueKind::flag) {
    slot.parsed = app.add_flag(name, slot.flag, help);
    return;
  }
  slot.parsed = app.add_option(name, slot.values, help);
  slot.parsed->type_name(std::string(option.value));
  if (!option.repeated) slot.parsed->expected(1)->multi_option_policy();
  if (option.required) slot.parsed->required();
}

std::string usage_hint(const CLI::App* command, Language language) {
  const auto shown = command == nullptr ? std::string("tally") : "tally " + command->get_name();
  return language == Language::chinese ? fmt::format("`{} --help` 列出其用法。", shown)
                                       : fmt::format("`{} --help` shows how to call it.", shown);
}

UsageError usage_error(const CLI::ParseError& error, const CLI::App& app, Language language) {
  const auto chosen = app.get_subcommands();
  const auto* const command = chosen.empty() ? nullptr : chosen.front();
  std::string what = error.what();
  const auto rest = app.remaining(true);
  if (command == nullptr && !rest.empty()) {
    what = language == Language::chinese ? fmt::format("没有命令 {}", rest.front())
                                         : fmt::format("there is no command {}", rest.front());
  } else if (command == nullptr && rest.empty()) {
    what = Text{"no command was given", "没有给出命令"}.in(language);
  } else if (!rest.empty()) {
    what = language == Language::chinese
               ? fmt::format("不认识的参数 {}", fmt::join(rest, " "))
               : fmt::format("not expected here: {}", fmt::join(rest, " "));
  }
  while (!what.empty() && (what.back() == '\n' || what.back() == '.')) what.pop_back();
  return {fmt::format("{}{}{}", what, language == Language::chinese ? "。" : ". ",
                      usage_hint(command, language))};
}

// The first value that is not what its option wants.
std::optional<UsageError> misfit(const Registered& chosen, Language language) {
  for (const auto& slot : chosen.slots) {
    for (const auto& value : slot.values) {
      if (fits(slot.option->kind, value)) continue;
      const auto wanted = wanted_kind(slot.option->kind).in(language);
      const auto hint = usage_hint(chosen.app, language);
      return UsageError{
          language == Language::chinese
              ? fmt::format("{}：得到 {:?}，应为{}。{}", slot.option->name, value, wanted, hint)
              : fmt::format("{}: got {:?}, wanted {}. {}", slot.option->name, value, wanted, hint)};
    }
  }
  return std::nullopt;
}

Arguments collect(const Registered& chosen) {
  Arguments arguments;
  for (const auto& slot : chosen.slots) {
    if (slot.parsed->count() > 0) arguments.set(slot.option->name, slot.values);
  }
  return arguments;
}

std::string default_directory() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread starts.
  const char* const named = std::getenv("TALLY_DATA");
  return named != nullptr && *named != '\0' ? named : "tally-data";
}

}  // namespace

Language language_of(std::span<const std::string> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<Language> named;
    if (words[i] == "--lang" && i + 1 < words.size()) named = language_named(words[i + 1]);
    if (words[i].starts_with("--lang=")) named = language_named(words[i].substr(7));
    if (named) return *named;
  }
  return language_of_environment();
}

std::variant<Call, Answer, UsageError> parse(std::span<const Command> commands,
                                             std::vector<std::string> words, Language language) {
  const auto in = [&](Text text) { return std::string(text.in(language)); };
  CLI::App app(
      in({"A tamper-evident ledger of fleet-car incentives.", "防篡改的大客户购车激励账本。"}),
      "tally");
  app.require_subcommand(1);
  label(app, language);
  app.set_help_flag("-h,--help", in({"Print this help and exit", "显示本帮助"}));

  auto data = default_directory();
  std::string lang;
  bool json = false;
  bool version = false;
  app.add_flag("--version", version, in({"Print the version and exit", "显示版本"}));
  app.add_option("--data", data,
                 in({"The ledger's directory (else $TALLY_DATA, else ./tally-data)",
                     "账本目录（默认 $TALLY_DATA，否则 ./tally-data）"}))
      ->type_name("DIR");
  app.add_flag("--json", json,
               in({"Print JSON Lines instead of tables", "输出 JSON Lines 而非表格"}));
  app.add_option("--lang", lang, in({"Language of messages: zh or en", "消息语言：zh 或 en"}))
      ->type_name("zh|en");

  std::deque<Registered> registered;
  for (const auto& command : commands) {
    auto* const sub = app.add_subcommand(std::string(command.name), in(command.summary));
    sub->description(in(command.summary));
    sub->fallthrough();
    sub->group(in({"Commands", "命令"}));
    sub->get_help_ptr()->group(in({"Options", "选项"}));
    sub->footer(footer(command, language));
    auto& entry = registered.emplace_back(Registered{&command, sub, {}});
    for (const auto& option : command.options) {
      declare(*sub, entry.slots.emplace_back(Slot{&option, nullptr, {}, false}), language);
    }
  }

  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    if (chosen.empty()) return Answer{app.help()};
    const auto found = std::find_if(registered.begin(), registered.end(),
                                    [&](const auto& entry) { return entry.app == chosen.front(); });
    found->app->description(in(found->command->summary) + "\n\n" + in(found->command->details));
    return Answer{found->app->help("tally")};
  } catch (const CLI::ParseError& error) {
    if (version) return Answer{fmt::format("tally {}\n", version_text())};
    return usage_error(error, app, language);
  }
  if (version) return Answer{fmt::format("tally {}\n", version_text())};
  if (!lang.empty() && !language_named(lang)) {
    return UsageError{language == Language::chinese
                          ? fmt::format("--lang：得到 {:?}，应为 zh 或 en。", lang)
                          : fmt::format("--lang: got {:?}, wanted zh or en.", lang)};
  }
  const auto chosen = std::find_if(registered.begin(), registered.end(),
                                   [](const auto& entry) { return entry.app->parsed(); });
  if (auto error = misfit(*chosen, language)) return *std::move(error);
  Call call{chosen->command, collect(*chosen)};
  call.arguments.data = data;
  call.arguments.json = json;
  return call;
}

}  // namespace cli
