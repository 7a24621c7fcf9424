// Packs to test with: those we ship, and changes to them.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "tests/support/tests_dir.h"

namespace projections::policy::test {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string shipped(const std::string& policy) {
  return read_file(::test::in_tests("../policies/") + policy + ".toml");
}

// `text` with the first `from` made `to`; `from` must be there.
inline std::string changed(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  INFO("looking for " << from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace projections::policy::test
