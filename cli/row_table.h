#pragma once

#include <boost/json/fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"

namespace cli {

// A table for people of rows that are JSON objects, one a line: a column for each of
// `keys` that some row has, amounts in fen shown as yuan. Empty without rows.
std::string row_table(const std::vector<std::string>& rows, std::span<const std::string_view> keys,
                      Language language);

// One value of a row as that table shows it.
std::string shown(std::string_view key, const boost::json::value& value, Language language);

// Prints that table, or that there is nothing to show.
void show_rows(const std::vector<std::string>& rows, std::span<const std::string_view> keys,
               Console& console);

}  // namespace cli
