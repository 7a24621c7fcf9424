#pragma once

#include <string_view>

namespace cli::demo {

// The bytes of a file that the story uses, built into the program: one of those in this
// folder, or the pack `nev-fleet-2017.toml`.
std::string_view file(std::string_view name);

}  // namespace cli::demo
