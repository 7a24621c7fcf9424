#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace cli {

// Keeps of `rows` (JSON objects, one a line) those whose own keys equal what the options
// `--dealer`, `--customer`, `--order` and `--policy` name.
std::vector<std::string> filtered(std::vector<std::string> rows, const Arguments& arguments);

// The filter options, each for a key of its name.
std::vector<Option> filter_options();

}  // namespace cli
