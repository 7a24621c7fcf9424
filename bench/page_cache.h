// What the kernel keeps of files in memory.
#pragma once

#include <filesystem>

#include "ledger/base/error.h"

namespace bench {

// Has the kernel write the files of a folder out and let go of them, so that whoever reads them
// next waits for the disk. Files that another program maps or writes may stay. Where the folder
// lies in memory, nothing changes.
ledger::Status forget_files(const std::filesystem::path& folder);

// Reads every file of a folder from end to end and looks at nothing: what the disk gives. Returns
// seconds.
ledger::Result<double> read_files(const std::filesystem::path& folder);

}  // namespace bench
