// What a command of the program declares: its name, help, options and what it runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/exit.h"
#include "cli/language.h"
#include "ledger/base/error.h"
#include "ledger/base/time.h"

namespace cli {

// What the value of an option must be; checked before the command runs.
enum class ValueKind { flag, text, count, positive, date, event_type };

struct Option {
  std::string_view name;   // `--batch`, or `FILE` for an argument without a dash
  std::string_view value;  // what help calls the value; empty for a flag
  ValueKind kind;
  Text help;
  bool required = false;
  bool repeated = false;
  std::uint64_t at_most = 0;  // for numbers; 0 is no limit
};

constexpr std::uint64_t threads_default = 2;

// `--threads N`, where a command works with several.
Option threads_option();

// The arguments of one call, already checked against the declaration.
class Arguments {
 public:
  std::filesystem::path data;  // the directory of the ledger
  bool json = false;

  bool has(std::string_view name) const { return values_.contains(name); }

  std::optional<std::string> text(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  std::optional<std::uint64_t> number(std::string_view name) const;
  std::optional<ledger::Date> date(std::string_view name) const;

  void set(std::string_view name, std::vector<std::string> values);

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

struct Command {
  std::string_view name;
  Text summary;                           // a line, for the list of commands
  Text details;                           // a paragraph, for the command's own help
  std::vector<std::string_view> example;  // lines that can be typed as they stand
  std::vector<Option> options;
  std::function<ledger::Result<Exit>(const Arguments&, Console&)> run;
};

}  // namespace cli
