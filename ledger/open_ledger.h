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
#include "ledger/vault.h"

namespace ledger {

// The format that a ledger's database names.
inline constexpr std::string_view ledger_format = "1";

struct LedgerPaths {
  explicit LedgerPaths(const std::filesystem::path& root)
      : config(root / "config.toml"),
        signing_key(root / "signing.key"),
        high_water(root / "high-water"),
        mentions(root / "mentions"),
        unwitnessed(root / "unwitnessed.jsonl"),
        database(root / "db"),
        cache(root / "cache"),
        vault(beside(root)) {}

  std::filesystem::path config;
  std::filesystem::path signing_key;
  std::filesystem::path high_water;
  std::filesystem::path mentions;     // the newest statement; not there until one was asked for
  std::filesystem::path unwitnessed;  // when it was written without asking its witnesses
  std::filesystem::path database;
  std::filesystem::path cache;
  // Not inside, so that who copies the ledger does not copy the keys of its persons.
  std::filesystem::path vault;

 private:
  // `north-vault` for the ledger `north`.
  static std::filesystem::path beside(const std::filesystem::path& root);
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

// Makes an empty ledger; returns its verifier key. With the key of a vault it makes that too,
// and personal values will be sealed. Fails with `conflict` when there is one or the remains of
// one, `invalid` for an origin that cannot stand in a signed note, `unavailable` when another
// process makes one there or the disk refuses. A failure leaves what was there before.
Result<std::string> create_ledger(const std::filesystem::path& directory, std::string_view origin,
                                  const std::optional<VaultKey>& vault_key);

// The vault of a ledger that seals; fails as `Vault::open` does, or with `unavailable` when no
// key is given.
Result<std::unique_ptr<Vault>> open_vault(const OpenLedger& ledger,
                                          const std::optional<VaultKey>& key, Vault::Mode mode);

// Opens without looking at the high-water checkpoint. Fails with `not_found`, `corrupt`,
// `unavailable`, or `invalid` for a config that cannot be read.
Result<std::shared_ptr<OpenLedger>> open_ledger(const std::filesystem::path& directory,
                                                Store::Mode mode);

// The high-water checkpoint, its signature checked. Fails with `corrupt`.
Result<proof::Checkpoint> open_high_water(const OpenLedger& ledger);

// Fails with `corrupt` when the log is shorter than its high-water checkpoint, or another.
Status check_high_water(const OpenLedger& ledger);

// Reads the secret; fails with `unavailable` when it is not there or may not be read, `corrupt`
// when it is not the key of this ledger.
Result<proof::SigningKey> read_signing_key(const LedgerPaths& paths, const Config& config);
Result<proof::SigningKey> read_signing_key(const OpenLedger& ledger);

}  // namespace ledger
