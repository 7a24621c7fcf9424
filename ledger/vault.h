// The vault: the keys of the persons whose values a ledger holds sealed. It lies outside the
// log, so that a key can be destroyed where an entry cannot.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/keyring.h"
#include "ledger/vault_key.h"
#include "ledger/vault_record.h"
#include "ledger/vault_rows.h"
#include "ledger/vault_store.h"

namespace ledger {

// Open for one ledger. Safe from any thread, but for `destroy`.
class Vault {
 public:
  using Persons = std::set<std::string, std::less<>>;
  enum class Mode { write, read };

  // Makes an empty vault for the ledger of that origin. Fails with `conflict` when something
  // is there, or with `unavailable`; then nothing is left.
  static Status create(const std::filesystem::path& directory, const std::string& origin,
                       const VaultKey& key);
  // Fails with `unavailable` when there is none, `key` is another's, the vault is another
  // ledger's or another process writes it; with `corrupt` when it is damaged. For writing it
  // first clears away what an interrupted `destroy` has left.
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& directory,
                                             const std::string& origin, const VaultKey& key,
                                             Mode mode);

  Result<std::optional<std::string>> row(std::string_view key) const { return store_->get(key); }

  // Visits the rows whose keys begin so.
  Status each_row(std::string_view prefix, const VaultStore::Visit& visit) const {
    return store_->each(prefix, visit);
  }

  Result<Person> read(std::string_view person, std::string_view value) const {
    return read_person(keyring_.wrapping, person, value);
  }

  std::string value(std::string_view person, const Person& live) const {
    return person_value(keyring_.wrapping, person, live);
  }

  Result<Person> find(std::string_view person) const;

  // On return the rows are on disk, synced, all or none. Fails with `unavailable`.
  Status write(const VaultRows& rows) { return store_->write(rows); }

  // Destroys the keys and digests of these persons. The keys of all others are wrapped anew,
  // under another key-encryption key and in files of their own; then the old ones are removed.
  // After a crash at any moment either all of these persons are there or none. Nothing else
  // may use the vault meanwhile. Fails with `unavailable`.
  Status destroy(const Persons& persons);

 private:
  Vault(std::filesystem::path directory, VaultKey key, Keyring keyring,
        std::unique_ptr<VaultStore> store);

  std::filesystem::path directory_;
  VaultKey key_;
  Keyring keyring_;
  std::unique_ptr<VaultStore> store_;
};

}  // namespace ledger
