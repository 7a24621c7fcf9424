// A ledger's directory: what lies in it, making it and opening it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/config.h"
#include "ledger/head.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key.h"
#include "ledger/store.h"

namespace ledger {

struct LedgerPaths {
  explicit LedgerPaths(const std::filesystem::path& root)
      : config(root / "config.toml"),
        signing_key(root / "signing.key"),
        high_water(root / "high-water"),
        database(root / "db"),
        cache(root / "cache") {}

  std::filesystem::path config;
  std::filesystem::path signing_key;
  std::filesystem::path high_water;
  std::filesystem::path database;
  std::filesystem::path cache;
};

// An open ledger, shared by the log and its readers.
struct OpenLedger {
  LedgerPaths paths;
  Config config;
  proof::VerifierKey verifier;
  std::string high_water;  // the note, as it was before the database was opened; empty: missing
  std::unique_ptr<Store> store;
  Head head;  // as it was at opening
};

// Makes an empty ledger; returns its verifier key. Fails with `conflict` when there is
// one or the remains of one, `invalid` for an origin that cannot stand in a signed note.
Result<std::string> create_ledger(const std::filesystem::path& directory, std::string_view origin);

// Opens without looking at the high-water checkpoint. Fails with `not_found`, `corrupt`,
// `unavailable`, or `invalid` for a config that cannot be read.
Result<std::shared_ptr<OpenLedger>> open_ledger(const std::filesystem::path& directory,
                                                Store::Mode mode);

// The high-water checkpoint, its signature checked. Fails with `corrupt`.
Result<proof::Checkpoint> open_high_water(const OpenLedger& ledger);

// Fails with `corrupt` when the log is shorter than its high-water checkpoint, or another.
Status check_high_water(const OpenLedger& ledger);

// Reads the secret; fails with `corrupt` when it is not the key of this ledger.
Result<proof::SigningKey> read_signing_key(const OpenLedger& ledger);

}  // namespace ledger
