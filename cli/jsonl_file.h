#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "cli/event_files.h"
#include "cli/line_reader.h"

namespace cli {

struct JsonlFile {
  std::string name;
  std::size_t threads;  // that encode its lines, ahead of who takes them
};

// Hands the lines of a file that hold something to `take`, in order, and calls `told` after
// each. False when `take` wants no more. Fails with what `take` fails with, and with
// `unavailable` once the lines before the place that cannot be read were taken.
ledger::Result<bool> read_jsonl(LineReader& reader, const JsonlFile& file, const TakeEvents& take,
                                const std::function<void()>& told);

}  // namespace cli
