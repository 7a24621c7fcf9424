// What a ledger is set to, once and for all or by its operator: `config.toml`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ledger/base/error.h"

namespace ledger {

struct Config {
  std::string origin;        // the name the log signs with
  std::string verifier_key;  // here too, so that readers need not read the secret
  // How far `recordedtime` may run ahead of the ledger's own clock.
  std::int64_t clock_tolerance_ns = std::int64_t{300} * 1'000'000'000;
};

// The text of a `config.toml` that says just that.
std::string config_text(const Config& config);

// Fails with `not_found`, or with `invalid` for text that is no config of a format
// this program knows.
Result<Config> read_config(const std::filesystem::path& path);

}  // namespace ledger
