// Backing up a ledger while it is written, and restoring one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "ledger/archive.h"
#include "ledger/base/error.h"

namespace ledger {

struct BackupOptions {
  bool with_key = false;  // put the signing key, a secret, into the directory
  bool reread = false;    // compare the checksum of every file of the new backup
};

// Adds a backup of the ledger in `directory` to those in `archive`, which it makes if need
// be. May run beside a writer; writes nothing of the ledger but in its `cache/`. The backup
// holds at least what was acknowledged before the call.
// Fails with `not_found`, `corrupt` (this is not the continuation of what was backed up
// there before, or a backup there is damaged), `conflict` (the directory holds something
// else, or another ledger's backups) or `unavailable`; the earlier backups stay as they are.
Result<Backup> back_up(const std::filesystem::path& directory, const std::filesystem::path& archive,
                       const BackupOptions& options);

struct RestoreOptions {
  std::optional<BackupId> id = {};  // absent: the newest
  // A checkpoint that the operator still has; the restored log must reach and fit it.
  std::optional<std::filesystem::path> high_water = {};
  unsigned threads = 1;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress = {};  // of verifying
  // Has the last word on the ledger that lies restored and verified in that folder, before it
  // takes its place; what it fails with, `restore` fails with.
  std::function<Status(const std::filesystem::path& restored)> consent = {};
};

struct Restored {
  Backup backup;
  TreeSize high_water;  // the size of the checkpoint it was held against
  bool has_key;         // without one the ledger can be read, not written
};

// Restores a backup into `directory`, which may be absent or hold nothing but `high-water`
// and `signing.key` of the same ledger, and verifies the whole log. Until then nothing in
// `directory` can be taken for a ledger.
// Fails with `corrupt` when anything of the backup is damaged, altered, or older than the
// high-water checkpoint, with `conflict` for a directory that holds anything else, with
// `not_found` or `unavailable`; then `directory` is as it was.
Result<Restored> restore(const std::filesystem::path& archive,
                         const std::filesystem::path& directory, const RestoreOptions& options);

}  // namespace ledger
