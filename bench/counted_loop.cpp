#include "bench/counted_loop.h"

namespace bench {

// In a file of its own, so that no compiler puts it into its callers.
void counted_loop(const std::function<void()>& loop) {
  loop();
  asm volatile("");  // a jump to the loop as the last thing would leave the function too early
}

}  // namespace bench
