// Small files that must survive a power cut whole: the high-water checkpoint, the
// signing key, the config.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "ledger/base/error.h"

namespace ledger {

enum class FileAccess { everyone, owner_only };

// The whole of a file. Fails with `not_found` or `unavailable`.
Result<std::string> read_file(const std::filesystem::path& path);

// Replaces the file at once: after a crash there is the old one or the new one, whole.
// On return it is on disk, and so is its name. Fails with `unavailable`, the old file
// untouched.
Status replace_file(const std::filesystem::path& path, std::string_view content, FileAccess access);

// Puts the names inside a directory on disk.
Status sync_directory(const std::filesystem::path& directory);

}  // namespace ledger
