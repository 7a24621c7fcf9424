#pragma once

#include <cstdio>
#include <cstdlib>

namespace ledger {

// Stops the program, in every build, when `truth` is false: a bug of ours, which
// no caller can handle. `what` states the assumption that failed.
inline void check(bool truth, const char* what) {
  if (truth) [[likely]] {
    return;
  }
  std::fprintf(stderr, "bug: %s\n", what);
  std::abort();
}

}  // namespace ledger
