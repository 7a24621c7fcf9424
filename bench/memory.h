#pragma once

#include <cstdint>

namespace bench {

// The most memory this process has held since `forget_peak_memory`, or, where the kernel
// does not let it forget, since it began. 0 where the kernel does not say.
std::uint64_t peak_memory_bytes();
void forget_peak_memory();

}  // namespace bench
