// A cell of a row to the JSON of a value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/csv/column_map.h"
#include "cli/language.h"

namespace cli::csv {

// The JSON of the cell `text`, which is trimmed and not empty. Nothing when it is not
// spelled as the recipe has it: then `wanted` says what would be, in `language`.
std::optional<std::string> value_of(std::string_view text, const CellRecipe& recipe,
                                    Language language, std::string& wanted);

// RFC 3339, of a cell with a date and perhaps a time.
std::optional<std::string> moment_of(std::string_view text, const Moment& moment,
                                     std::string_view zone, Language language, std::string& wanted);

}  // namespace cli::csv
