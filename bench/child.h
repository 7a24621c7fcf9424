// Other programs, run from this one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// Runs the program with its arguments and waits for it. What it prints goes to the file, or
// nowhere. Whether it was found and said that all is well.
bool succeeds(const std::vector<std::string>& command, const std::filesystem::path& output = {});

// Whether the PATH has a program of that name.
bool is_on_path(std::string_view program);

}  // namespace bench
