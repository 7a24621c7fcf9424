#include "ledger/config.h"

#include <toml++/toml.h>

#include <optional>
#include <sstream>

#include "ledger/base/message.h"
#include "ledger/catalogue.h"
#include "ledger/durable_file.h"
#include "ledger/proof/witness_policy.h"

namespace ledger {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t tolerance_max_s = 86'400;

Error unusable(const std::filesystem::path& path, const Message& what) {
  return {
      ErrorCode::corrupt,
      worded(
          "{}: {}. It was written when the ledger was made: put it back as it was, from a backup",
          "{}：{}。此文件写于建立账本之时：请从备份恢复原样", path.string(), what)};
}

Result<toml::table> parse(const std::filesystem::path& path, const std::string& text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return unusable(path, worded("line {}: {}", "第 {} 行：{}", error.source().begin.line,
                                 error.description()));
  }
}

// An event type that the table `signatures` names; nothing where none stands.
std::optional<std::string> type_in(const toml::node& node) {
  auto name = node.value<std::string>();
  if (!name || catalogue().find(*name) == nullptr) return std::nullopt;
  return name;
}

std::optional<SignatureRules> parse_signatures(const toml::table& table) {
  SignatureRules rules;
  for (const auto& [key, node] : table) {
    const auto* array = node.as_array();
    if (array == nullptr) return std::nullopt;
    for (const auto& element : *array) {
      if (key.str() == "required") {
        auto type = type_in(element);
        if (!type) return std::nullopt;
        rules.required.push_back(*std::move(type));
      } else {
        const auto* pair = element.as_array();
        if (key.str() != "distinct" || pair == nullptr || pair->size() != 2) return std::nullopt;
        auto first = type_in(*pair->get(0));
        auto second = type_in(*pair->get(1));
        if (!first || !second) return std::nullopt;
        rules.distinct.emplace_back(*std::move(first), *std::move(second));
      }
    }
  }
  return rules;
}

}  // namespace

std::string config_text(const Config& config) {
  toml::table table{
      {"format", format_version},
      {"origin", config.origin},
      {"verifier_key", config.verifier_key},
      {"clock_tolerance_s", config.clock_tolerance_ns / second_ns},
  };
  if (!config.witness_policy.empty()) {
    table.insert_or_assign("witness_policy", config.witness_policy);
  }
  if (config.sealed) table.insert("personal", "sealed");
  std::ostringstream out;
  out << table << '\n';
  return out.str();
}

Result<Config> read_config(const std::filesystem::path& path) {
  const auto text = TRY(read_file(path));
  const auto table = TRY(parse(path, text));
  const auto format = table["format"].value<std::int64_t>();
  if (format != format_version) {
    return unusable(path,
                    format ? worded("`format` is {}, wanted 1", "`format` 为 {}，应为 1", *format)
                           : worded("`format` is missing, wanted 1", "缺少 `format`，应为 1"));
  }
  const auto origin = table["origin"].value<std::string>();
  if (!origin || origin->empty()) return unusable(path, {"`origin` is missing", "缺少 `origin`"});
  const auto verifier_key = table["verifier_key"].value<std::string>();
  if (!verifier_key) return unusable(path, {"`verifier_key` is missing", "缺少 `verifier_key`"});
  Config config{*origin, *verifier_key};
  const auto tolerance = table["clock_tolerance_s"].value<std::int64_t>();
  if (tolerance && (*tolerance < 0 || *tolerance > tolerance_max_s)) {
    return unusable(path, worded("`clock_tolerance_s` is {}, wanted seconds from 0 to 86400",
                                 "`clock_tolerance_s` 为 {}，应为 0 到 86400 秒", *tolerance));
  }
  if (const auto signatures = table["signatures"]) {
    auto rules = signatures.is_table() ? parse_signatures(*signatures.as_table()) : std::nullopt;
    if (!rules) {
      return Error{
          ErrorCode::corrupt,
          worded("{}: `signatures` is not what it can be, wanted `required`, an array of event "
                 "types, and `distinct`, an array of pairs of them; correct it",
                 "{}：`signatures` 不合要求，应为 `required`（事件类型的数组）与 `distinct`"
                 "（事件类型对的数组）；请更正",
                 path.string())};
    }
    config.signatures = *std::move(rules);
  }
  if (tolerance) config.clock_tolerance_ns = *tolerance * second_ns;
  const auto personal = table["personal"];
  config.sealed = personal.value<std::string>() == "sealed";
  if (personal && !config.sealed) {
    return unusable(path, {"`personal` is not \"sealed\", the one value that it can have",
                           "`personal` 不是 \"sealed\"，即其唯一可取的值"});
  }
  config.witness_policy = table["witness_policy"].value_or(std::string());
  if (config.witness_policy.empty()) return config;
  const auto policy = proof::WitnessPolicy::parse(config.witness_policy);
  if (!policy) {
    return unusable(path,
                    worded("`witness_policy`: {}", "`witness_policy`：{}", policy.error().message));
  }
  return config;
}

Status set_witness_policy(const std::filesystem::path& path, const std::string& policy) {
  TRY(proof::WitnessPolicy::parse(policy));
  const auto text = TRY(read_file(path));
  auto table = TRY(parse(path, text));
  table.insert_or_assign("witness_policy", policy);
  std::ostringstream out;
  out << table << '\n';
  return replace_file(path, out.str(), FileAccess::everyone);
}

}  // namespace ledger
