#pragma once

#include <functional>
#include <string>

#include "cli/event_files.h"
#include "cli/line_reader.h"

namespace cli {

// What is known of a file before it is read.
struct CsvFile {
  const csv::ColumnMap& map;
  csv::Encoding encoding;
  std::string name;
};

// Hands the rows of a file to `take`, after its header line; says beside the results how the
// cells are separated. False when `take` wants no more. Fails with `invalid` for a header
// line that the map does not fit.
ledger::Result<bool> read_csv(LineReader& reader, const CsvFile& file, const TakeEvents& take,
                              const std::function<void()>& told, Console& console);

}  // namespace cli
