#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/language.h"

namespace cli {

// A table for people of rows that are JSON objects, one a line: a column for each of
// `keys` that some row has, amounts in fen shown as yuan. Empty without rows.
std::string row_table(const std::vector<std::string>& rows, std::span<const std::string_view> keys,
                      Language language);

}  // namespace cli
