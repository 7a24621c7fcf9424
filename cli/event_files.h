// The files that a command takes events from: JSON Lines or, through a map, CSV.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/csv/column_map.h"
#include "cli/csv/encoding.h"
#include "cli/progress.h"
#include "ledger/batch.h"
#include "ledger/codec.h"

namespace cli {

// Adds the events of one line or row to a batch; says why when it is refused.
using EncodeEvents =
    std::function<std::optional<ledger::Message>(ledger::Encoder&, ledger::Batch&)>;
// Takes one line or row of a file; false when no more is to be read.
using TakeEvents = std::function<ledger::Result<bool>(const std::string& file, std::uint64_t line,
                                                      const EncodeEvents&)>;

// How the files are written, as the options of a command say. One thread.
class EventFiles {
 public:
  // `--format`, `--map`, `--encoding` and `--threads` of a command that reads files. An Exit
  // when they do not go together, which is told. Fails when the map cannot be read or is
  // refused.
  static ledger::Result<std::variant<EventFiles, Exit>> from(const Arguments& arguments,
                                                             Console& console);

  // Hands every line or row that holds something to `take`, file after file and in order,
  // whatever the threads that work ahead. What is there is handed over before more is waited
  // for, and `before_wait` called. Fails with what these fail with, with `unavailable` or
  // `not_found` for a file that cannot be read, and with `invalid` for a header line that the map
  // does not fit.
  ledger::Status read(const std::vector<std::string>& files, const TakeEvents& take,
                      Progress& progress, Console& console,
                      const std::function<ledger::Status()>& before_wait = {}) const;

 private:
  EventFiles() = default;

  std::optional<csv::ColumnMap> map_;  // absent: JSON Lines
  csv::Encoding encoding_ = csv::Encoding::utf8;
  std::size_t threads_ = threads_default;
};

// The options that say how files are written.
std::vector<Option> file_format_options();

}  // namespace cli
