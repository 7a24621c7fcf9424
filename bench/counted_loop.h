#pragma once

#include <functional>

namespace bench {

// Runs `loop`. Callgrind is told to count from the entry of this function to its exit, and
// nothing outside; it finds it by its name.
void counted_loop(const std::function<void()>& loop);

}  // namespace bench
