// The records of a vault: rows of bytes in one RocksDB database for each generation.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/vault_rows.h"

namespace ledger {

// An open database. Safe from any thread.
class VaultStore {
 public:
  enum class Mode { create, write, read };

  // Fails with `not_found`, `unavailable` (another process writes it) or `corrupt`.
  static Result<std::unique_ptr<VaultStore>> open(const std::filesystem::path& directory,
                                                  Mode mode);
  ~VaultStore();
  VaultStore(const VaultStore&) = delete;
  VaultStore& operator=(const VaultStore&) = delete;

  Result<std::optional<std::string>> get(std::string_view key) const;
  // Visits the rows whose keys begin so, in their order, until `visit` fails.
  using Visit = std::function<Status(std::string_view key, std::string_view value)>;
  Status each(std::string_view prefix, const Visit& visit) const;
  // On return the rows are on disk, synced, all or none. Fails with `unavailable`.
  Status write(const VaultRows& rows);

 private:
  struct State;
  explicit VaultStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace ledger
