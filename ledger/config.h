// What a ledger is set to, once and for all or by its operator: `config.toml`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ledger/base/error.h"
#include "ledger/signature_rules.h"

namespace ledger {

struct Config {
  std::string origin;        // the name the log signs with
  std::string verifier_key;  // here too, so that readers need not read the secret
  // How far `recordedtime` may run ahead of the ledger's own clock.
  std::int64_t clock_tolerance_ns = std::int64_t{300} * 1'000'000'000;
  // The text of the witness policy (C2SP tlog-policy) whose witnesses are asked before the ledger
  // is written; empty: none.
  std::string witness_policy = {};
  // Whether what names a person is stored sealed, with the keys in a vault beside the ledger.
  bool sealed = false;
  SignatureRules signatures = {};  // table `signatures`; none unless the operator writes it
};

// The text of a `config.toml` that says just that.
std::string config_text(const Config& config);

// Fails with `not_found`, or with `invalid` for text that is no config of a format
// this program knows.
Result<Config> read_config(const std::filesystem::path& path);

// Sets `witness_policy` in the config, leaving the rest as it is; on disk on return. Requires that
// nobody else writes the ledger. Fails with `invalid` for a text that is no policy, else as
// `read_config`, or with `unavailable`.
Status set_witness_policy(const std::filesystem::path& path, const std::string& policy);

}  // namespace ledger
