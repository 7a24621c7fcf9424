#pragma once

#include <string>
#include <string_view>

#include "cli/console.h"

namespace cli {

// Writes `bytes` into a file that did not exist. A file of that name stays as it is: fails
// with `conflict`. Fails with `unavailable` when it cannot be written; nothing is left then.
ledger::Status write_new_file(const std::string& path, std::string_view bytes, Console& console);
// The same for a secret: nobody but its owner may read it.
ledger::Status write_new_secret(const std::string& path, std::string_view bytes, Console& console);

// The error of a file that the system does not let us write, by its errno.
ledger::Error cannot_write(const std::string& path, int why, Console& console);

}  // namespace cli
