#include "ledger/config.h"

#include <toml++/toml.h>

#include <sstream>

#include "ledger/durable_file.h"

namespace ledger {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t tolerance_max_s = 86'400;

Error unusable(const std::filesystem::path& path, const std::string& what) {
  return {ErrorCode::corrupt,
          path.string() + ": " + what +
              ". It was written when the ledger was made: put it back as it was, from a backup"};
}

Result<toml::table> parse(const std::filesystem::path& path, const std::string& text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return unusable(path, "line " + std::to_string(error.source().begin.line) + ": " +
                              std::string(error.description()));
  }
}

}  // namespace

std::string config_text(const Config& config) {
  const toml::table table{
      {"format", format_version},
      {"origin", config.origin},
      {"verifier_key", config.verifier_key},
      {"clock_tolerance_s", config.clock_tolerance_ns / second_ns},
  };
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
                    "`format` is " + (format ? std::to_string(*format) : "missing") + ", wanted 1");
  }
  const auto origin = table["origin"].value<std::string>();
  if (!origin || origin->empty()) return unusable(path, "`origin` is missing");
  const auto verifier_key = table["verifier_key"].value<std::string>();
  if (!verifier_key) return unusable(path, "`verifier_key` is missing");
  Config config{*origin, *verifier_key};
  const auto tolerance = table["clock_tolerance_s"].value<std::int64_t>();
  if (tolerance && (*tolerance < 0 || *tolerance > tolerance_max_s)) {
    return unusable(path, "`clock_tolerance_s` is " + std::to_string(*tolerance) +
                              ", wanted seconds from 0 to 86400");
  }
  if (tolerance) config.clock_tolerance_ns = *tolerance * second_ns;
  return config;
}

}  // namespace ledger
