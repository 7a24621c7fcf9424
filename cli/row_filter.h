#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "projections/asked.h"

namespace cli {

// Of obligations, only what was late or is overdue.
inline constexpr std::string_view breached_option = "--breached";

// Keeps of `rows` (JSON objects, one a line) those whose own keys equal what the options
// `--dealer`, `--customer`, `--order` and `--policy` name, and with `--breached` those whose
// `state` is late or overdue.
std::vector<std::string> filtered(std::vector<std::string> rows, const Arguments& arguments);

// Whether any of these options is given.
bool chooses_rows(const Arguments& arguments);

// Drops the overflows whose rows would not have been kept, as far as `keys` say so, of each the
// keys that its row would have had; without keys nothing is dropped.
void drop_foreign(std::vector<std::string>& overflows, const std::vector<std::string>& keys,
                  const Arguments& arguments);

// What the filters ask for; nothing of `--policy` and `--breached`.
projections::Asked asked_by(const Arguments& arguments);

// The filter options, each for a key of its name.
std::vector<Option> filter_options();

}  // namespace cli
