// The key of the vault, from where an operator keeps it, and what it shows.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "cli/command.h"
#include "ledger/reader.h"
#include "ledger/unsealer.h"
#include "ledger/vault.h"

namespace cli {

// The key out of the file that TALLY_VAULT_KEY_FILE names, else out of TALLY_VAULT_KEY; nothing
// when neither is set. Never from an argument: those are seen by everyone on the machine.
ledger::Result<std::optional<ledger::VaultKey>> vault_key();
// The same for a ledger about to be made: a file that is named and not there yet is made.
ledger::Result<ledger::VaultKey> first_vault_key(Console& console);
// `vault_key` where the ledger in `directory` seals; nothing for any other, key or not.
ledger::Result<std::optional<ledger::VaultKey>> vault_key_for(
    const std::filesystem::path& directory);

// Shows events as they came in where the vault's key is given, else as they are stored.
class Disclosure {
 public:
  // `whole` is the ledger as it is now, whatever view is shown: it knows who was erased since.
  // Fails as opening the vault does.
  static ledger::Result<Disclosure> open(const ledger::Reader& whole);

  // Until the next call.
  ledger::Result<ledger::Entry> show(const ledger::Entry& stored);

  bool opens() const { return unsealer_ != nullptr; }

 private:
  // The second stands on the first, whose address stays when the whole is moved.
  std::unique_ptr<ledger::Vault> vault_;
  std::unique_ptr<ledger::Unsealer> unsealer_;  // null where nothing is opened
};

}  // namespace cli
