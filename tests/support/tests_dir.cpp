#include "tests/support/tests_dir.h"

namespace test {

std::string in_tests(std::string_view below) {
  return std::string(TESTS_DIR) + '/' + std::string(below);
}

}  // namespace test
