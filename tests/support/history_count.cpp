#include "tests/support/history_count.h"

#include <cstdlib>

namespace test {

unsigned long history_count(unsigned long otherwise) {
  const char* wanted = std::getenv("TALLY_HISTORIES");  // NOLINT(concurrency-mt-unsafe): one thread
  return wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : otherwise;
}

}  // namespace test
