#pragma once

#include <functional>
#include <string>

#include "cli/console.h"

namespace cli {

// What becomes of a file that is there.
enum class IfThere { keep, replace };

// Fails with `conflict` where something of that name is there.
ledger::Status check_free(const std::string& path, Console& console);

// Has `write` fill a file beside `path`, and puts it there once it is whole and on disk: who
// looks sees the old file or the new one. A file to be kept stays as it is: fails with
// `conflict`. Fails with `unavailable` or as `write` does; nothing is left then.
ledger::Status place_file(const std::string& path, IfThere if_there,
                          const std::function<ledger::Status(const std::string&)>& write,
                          Console& console);

}  // namespace cli
