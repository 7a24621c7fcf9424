// The page of formats, to look up examples that the code has written anew.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/tests_dir.h"

namespace test {

inline const std::string& formats_page() {
  static const std::string text = [] {
    std::stringstream bytes;
    bytes << std::ifstream(::test::in_tests("../docs/FORMATS.md")).rdbuf();
    return bytes.str();
  }();
  return text;
}

// Whether the page shows `example` as a fenced block of its own.
inline bool shows_block(const std::string& example) {
  return formats_page().find("\n```\n" + example + "```\n") != std::string::npos;
}

}  // namespace test
