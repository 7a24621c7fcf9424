// The worked examples in tests/scenarios/ and the results that any evaluation of the
// policies must print for them (tests/scenarios/README.md).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace test {

// The printed rows of each read model, by its name.
using PrintedModels = std::map<std::string, std::vector<std::string>>;

// The event files, sorted.
std::vector<std::filesystem::path> scenarios();
std::vector<std::string> read_lines(const std::filesystem::path& path);
// CHECKs what the `.expect.json` beside `scenario` asks of `printed`.
void check_expectation(const std::filesystem::path& scenario, const PrintedModels& printed);

}  // namespace test
