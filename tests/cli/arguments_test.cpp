#include "cli/arguments.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace {

using cli::Arguments;
using cli::Language;
using cli::ValueKind;

ledger::Result<cli::Exit> nothing(const Arguments& /*unused*/, cli::Console& /*unused*/) {
  return cli::Exit::done;
}

const std::vector<cli::Command>& commands() {
  static const std::vector<cli::Command> all{
      {.name = "pour",
       .summary = {"Pour tea", "倒茶"},
       .details = {"Pours.", "倒。"},
       .example = {"tally pour 2"},
       .options = {{"CUP", "CUP", ValueKind::text, {"cups", "杯"}, true, true},
                   {"--day", "DATE", ValueKind::date, {"when", "何时"}},
                   {"--count", "N", ValueKind::positive, {"how many", "几杯"}},
                   {"--hot", "", ValueKind::flag, {"hot", "热"}}},
       .run = nothing}};
  return all;
}

auto parsed(std::vector<std::string> words) {
  return cli::parse(commands(), std::move(words), Language::english);
}

std::string usage_error(std::vector<std::string> words) {
  const auto result = parsed(std::move(words));
  REQUIRE(std::holds_alternative<cli::UsageError>(result));
  return std::get<cli::UsageError>(result).paragraph;
}

}  // namespace

TEST_CASE("options stand anywhere and reach the command by name") {
  const auto result = parsed(
      {"--json", "pour", "a", "-", "--day", "2017-02-28", "--data", "d", "--count=3", "--hot"});
  REQUIRE(std::holds_alternative<cli::Call>(result));
  const auto& call = std::get<cli::Call>(result);
  CHECK(call.command->name == "pour");
  CHECK(call.arguments.json);
  CHECK(call.arguments.data == "d");
  CHECK(call.arguments.all("CUP") == std::vector<std::string>{"a", "-"});
  CHECK(call.arguments.date("--day") == ledger::parse_date("2017-02-28"));
  CHECK(call.arguments.number("--count") == 3U);
  CHECK(call.arguments.has("--hot"));
}

TEST_CASE("no order of words changes a call") {
  std::vector<std::vector<std::string>> groups{
      {"pour"}, {"a"}, {"--count", "3"}, {"--data", "d"}, {"--day=2017-02-28"}, {"--json"}};
  std::sort(groups.begin(), groups.end());
  do {
    std::vector<std::string> words;
    for (const auto& group : groups) words.insert(words.end(), group.begin(), group.end());
    CAPTURE(words);
    // The first word that is no option names the command, wherever it stands.
    const auto pour = std::find(words.begin(), words.end(), "pour");
    if (std::find(words.begin(), pour, "a") != pour) continue;
    const auto result = parsed(words);
    REQUIRE(std::holds_alternative<cli::Call>(result));
    const auto& arguments = std::get<cli::Call>(result).arguments;
    CHECK(arguments.json);
    CHECK(arguments.data == "d");
    CHECK(arguments.all("CUP") == std::vector<std::string>{"a"});
    CHECK(arguments.date("--day") == ledger::parse_date("2017-02-28"));
    CHECK(arguments.number("--count") == 3U);
  } while (std::next_permutation(groups.begin(), groups.end()));
}

TEST_CASE("two dashes end the options") {
  const auto result = parsed({"pour", "--hot", "--", "-a", "--count", "--"});
  REQUIRE(std::holds_alternative<cli::Call>(result));
  CHECK(std::get<cli::Call>(result).arguments.all("CUP") ==
        std::vector<std::string>{"-a", "--count", "--"});
}

TEST_CASE("an option wants one value, once") {
  CHECK(usage_error({"pour", "a", "--count="}).find("--count: got \"\", wanted a whole number") !=
        std::string::npos);
  CHECK(usage_error({"pour", "a", "--count"}).find("--count: got nothing") != std::string::npos);
  CHECK(usage_error({"pour", "--count", "--json", "a"}).find("--count: got nothing") !=
        std::string::npos);
  CHECK(usage_error({"pour", "a", "--count=1", "--count", "2"}).find("twice") != std::string::npos);
  CHECK(usage_error({"pour", "a", "--hot=1"}).find("takes no value") != std::string::npos);
}

TEST_CASE("what was not given is absent") {
  const auto result = parsed({"pour", "a"});
  REQUIRE(std::holds_alternative<cli::Call>(result));
  const auto& arguments = std::get<cli::Call>(result).arguments;
  CHECK_FALSE(arguments.number("--count"));
  CHECK_FALSE(arguments.has("--hot"));
  CHECK_FALSE(arguments.json);
}

TEST_CASE("a call that cannot be says what was got and what was wanted") {
  CHECK(usage_error({}).find("no command was given") != std::string::npos);
  CHECK(usage_error({"sip"}).find("there is no command sip") != std::string::npos);
  CHECK(usage_error({"pour", "a", "--cold"}).find("--cold") != std::string::npos);
  CHECK(usage_error({"pour"}).find("CUP is required") != std::string::npos);
  CHECK(usage_error({"pour", "a", "--day", "2017-02-30"}).find("YYYY-MM-DD") != std::string::npos);
  CHECK(usage_error({"pour", "a", "--count", "0"}).find("from 1") != std::string::npos);
  CHECK(usage_error({"pour", "a", "--count", "99999999999999999999"}).find("--count") !=
        std::string::npos);
  CHECK(usage_error({"pour", "a", "--lang", "fr"}).find("zh or en") != std::string::npos);
}

TEST_CASE("help names the command, its options and an example, in the language asked for") {
  const auto result = parsed({"pour", "--help"});
  REQUIRE(std::holds_alternative<cli::Answer>(result));
  const auto& help = std::get<cli::Answer>(result).text;
  for (const auto* const part : {"Pour tea", "Pours.", "--day", "tally pour 2"}) {
    CAPTURE(part);
    CHECK(help.find(part) != std::string::npos);
  }
  const auto chinese = cli::parse(commands(), {"pour", "--help"}, Language::chinese);
  CHECK(std::get<cli::Answer>(chinese).text.find("倒茶") != std::string::npos);
}
