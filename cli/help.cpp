#include "cli/help.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace cli {
namespace {

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

void declare(CLI::App& app, const Option& option, Language language) {
  const std::string name(option.name);
  const std::string help(option.help.in(language));
  if (option.kind == ValueKind::flag) {
    app.add_flag(name, help);
    return;
  }
  auto* const declared = app.add_option(name, help)->type_name(std::string(option.value));
  if (option.repeated) declared->expected(1, CLI::detail::expected_max_vector_size);
  if (option.required) declared->required();
}

CLI::App* add_command(CLI::App& app, const Command& command, Language language) {
  auto* const sub =
      app.add_subcommand(std::string(command.name), std::string(command.summary.in(language)));
  sub->group(std::string(Text{"Commands", "命令"}.in(language)));
  sub->get_help_ptr()->group(std::string(Text{"Options", "选项"}.in(language)));
  sub->footer(footer(command, language));
  for (const auto& option : command.options) declare(*sub, option, language);
  return sub;
}

// The program as the library knows it, without its commands.
void set_up(CLI::App& app, Language language) {
  const auto in = [&](Text text) { return std::string(text.in(language)); };
  app.description(
      in({"A tamper-evident ledger of fleet-car incentives.", "防篡改的大客户购车激励账本。"}));
  app.require_subcommand(1);
  label(app, language);
  app.set_help_flag("-h,--help", in({"Print this help and exit", "显示本帮助"}));
  for (const auto& option : global_options()) declare(app, option, language);
}

}  // namespace

std::string default_directory() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread starts.
  const char* const named = std::getenv("TALLY_DATA");
  return named != nullptr && *named != '\0' ? named : "tally-data";
}

const std::vector<Option>& global_options() {
  static const std::vector<Option> all{
      {"--version", "", ValueKind::flag, {"Print the version and exit", "显示版本"}},
      {"--data",
       "DIR",
       ValueKind::text,
       {"The ledger's directory (else $TALLY_DATA, else ./tally-data)",
        "账本目录（默认 $TALLY_DATA，否则 ./tally-data）"}},
      {"--json",
       "",
       ValueKind::flag,
       {"Print JSON Lines instead of tables", "输出 JSON Lines 而非表格"}},
      {"--lang",
       "zh|en",
       ValueKind::text,
       {"Language of messages: zh or en", "消息语言：zh 或 en"}},
  };
  return all;
}

std::string help(std::span<const Command> commands, Language language) {
  CLI::App app({}, "tally");
  set_up(app, language);
  for (const auto& command : commands) add_command(app, command, language);
  return app.help();
}

std::string help(const Command& command, Language language) {
  CLI::App app({}, "tally");
  set_up(app, language);
  auto* const sub = add_command(app, command, language);
  sub->description(
      fmt::format("{}\n\n{}", command.summary.in(language), command.details.in(language)));
  return sub->help("tally");
}

}  // namespace cli
