// A workbook of spreadsheets (Office Open XML, `.xlsx`).
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/time.h"

namespace cli {

// An amount, shown in yuan.
struct Fen {
  std::int64_t value;
};

// Nothing, a text, a whole number, an amount or a day.
using SheetCell = std::variant<std::monostate, std::string, std::int64_t, Fen, ledger::Date>;

// A table under a header row that stays in view and filters.
struct Sheet {
  std::string name;
  std::vector<std::string> headings;
  std::vector<std::vector<SheetCell>> rows;  // a cell for every heading
};

// Numbers in a workbook are doubles, which hold any 15 digits and no more: beyond, numbers and
// amounts are written as text.
constexpr std::int64_t sheet_number_max = 999'999'999'999'999;
// Below the header row of a sheet; the format has room for no more.
constexpr std::size_t sheet_rows_max = 1'048'575;

// Writes the sheets into the file `path`, over what is there. The same sheets and date give
// the same bytes. Fails with `unavailable` when the file cannot be written.
ledger::Status write_workbook(const std::string& path, const std::vector<Sheet>& sheets,
                              ledger::Date made_on);

}  // namespace cli
