// Files that must survive a power cut whole: the high-water checkpoint, the signing key, the
// config, published tiles.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"

namespace ledger {

enum class FileAccess { everyone, owner_only };

// The whole of a file. Fails with `not_found` or `unavailable`.
Result<std::string> read_file(const std::filesystem::path& path);

// Replaces the file at once: after a crash there is the old one or the new one, whole.
// On return it is on disk, and so is its name. Fails with `unavailable`, the old file
// untouched.
Status replace_file(const std::filesystem::path& path, std::string_view content, FileAccess access);

// Makes a file that was not there. On return it is on disk, and so is its name. Fails with
// `conflict`, the other file untouched, when something has that name; of several that try at
// once, one succeeds. Fails with `unavailable`, and leaves nothing, when it cannot be written.
// After a crash in between it may be there in part.
Status create_file(const std::filesystem::path& path, std::string_view content, FileAccess access);

// Adds a line to the end of the file, which is made if there is none. On return it is on disk.
// Fails with `unavailable`; part of the line may be there then.
Status append_line(const std::filesystem::path& path, std::string_view line);

// Many files that are wanted together, at less than the price of replacing each: their syncs
// overlap. One thread at a time. What was added and not committed is left beside its place.
class FileBatch {
 public:
  // Writes a file that anyone may read beside its place, and the folders to it. Fails with
  // `unavailable`.
  Status add(const std::filesystem::path& path, std::string_view content);
  // Puts all of them in their places, each at once and whole. On return they are on disk, and
  // so are their names. Fails with `unavailable`, some in place, none in part.
  Status commit();

  std::size_t size() const { return paths_.size(); }

 private:
  std::vector<std::filesystem::path> paths_;
  std::set<std::filesystem::path> folders_;  // whose names must be synced
};

// Puts the names inside a directory on disk.
Status sync_directory(const std::filesystem::path& directory);

}  // namespace ledger
