// A directory of backups of one ledger. Together with the store, the only part that knows
// RocksDB.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace ledger {

// The number of a backup in its directory, from 1 on.
using BackupId = Strong<struct BackupIdTag, std::uint32_t>;

// What a backup holds beside the files of the database.
struct BackupLabel {
  TreeSize entries;        // in the log
  Hash root;               // of the log
  std::string config;      // config.toml, as it was
  std::string high_water;  // the newest checkpoint, a signed note
};

// The text that is stored for a label, and back. `parse` fails with `corrupt`.
std::string label_text(const BackupLabel& label);
Result<BackupLabel> parse_label(std::string_view text);

struct Backup {
  BackupId id;
  std::int64_t made_ns = 0;               // since 1970
  std::uint64_t bytes = 0;                // of its files, shared ones too
  std::uint64_t copied_bytes = 0;         // of the files that the backup before it does not have
  std::optional<BackupLabel> label = {};  // absent: damaged, and so is the backup
};

// Backups share the tables that they have in common, so each costs only what is new. One
// that was interrupted is not there, and harms no other. One thread at a time.
class Archive {
 public:
  // Opens it to look and to restore. Fails with `not_found` where there are no backups.
  static Result<Archive> open(const std::filesystem::path& directory);
  // Opens it to add, too; makes the directory. Fails with `conflict` for one that holds
  // anything else, with `unavailable` when another process adds.
  static Result<Archive> open_to_add(const std::filesystem::path& directory);
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  // In the order they were made, damaged ones too.
  std::vector<Backup> backups() const;
  // Adds the database in that directory, which nobody writes. On return it is on disk,
  // synced. Fails with `unavailable` or `corrupt`; then there is no new backup. To add, the
  // archive must have been opened for it.
  Result<BackupId> add(const std::filesystem::path& database, const BackupLabel& label);
  // Reads all files of a backup and compares their checksums. Fails with `corrupt`.
  Status check(BackupId id) const;
  // Copies the database of a backup into that directory, comparing checksums on the way.
  Status extract(BackupId id, const std::filesystem::path& database) const;

 private:
  struct State;
  explicit Archive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace ledger
