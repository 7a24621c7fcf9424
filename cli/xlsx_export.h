// The rows of a read model as a workbook, with a sheet that says what they stand on.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/projection.h"

namespace cli {

// `--xlsx` and `--force`.
std::vector<Option> xlsx_options();

// Whether the file that `--xlsx` names can be written, before any work is done for it; fails
// with `conflict` where it is there and not to be written over. Nothing without `--xlsx`.
ledger::Result<std::optional<std::string>> xlsx_wanted(const Arguments& arguments,
                                                       Console& console);

// What a workbook is made of.
struct XlsxContent {
  std::string_view model;
  const std::vector<std::string>& rows;       // JSON objects
  const std::vector<std::string>& overflows;  // what is not among them
  std::span<const std::string_view> keys;     // the first columns; the others as rows have them
};

// Writes `file` at once or not at all. Fails with `unavailable`, with `invalid` for more rows
// than a sheet takes, and as replays do.
ledger::Status write_xlsx(const std::string& file, const XlsxContent& content,
                          const Projection& projection, const Arguments& arguments,
                          Console& console);

}  // namespace cli
