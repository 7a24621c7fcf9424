// Shows sealed entries as they came in, to whoever has the key of the vault.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "ledger/base/error.h"
#include "ledger/event.h"
#include "ledger/event_copy.h"
#include "ledger/reader.h"
#include "ledger/vault.h"

namespace ledger {

// Keeps its buffers from entry to entry. One thread; must not outlive the vault.
class Unsealer {
 public:
  // The reader's log says who was erased: its word counts whatever an old vault still holds.
  Unsealer(const Vault& vault, Reader log) : vault_(vault), log_(std::move(log)) {}

  // The entry with its values in the open, as far as they open; until the next call. Its bytes
  // are not what the log hashes. Fails with `corrupt` for a value that was changed.
  Result<Entry> open(const Entry& stored);

 private:
  Result<std::optional<PersonKeys>> keys_of(const std::string& person);

  const Vault& vault_;
  Reader log_;
  EventCopy copy_;
  std::string last_person_;  // fields of one event are mostly one person's
  std::optional<PersonKeys> last_keys_;
};

}  // namespace ledger
