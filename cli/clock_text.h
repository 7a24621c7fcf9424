#pragma once

#include <cstdint>
#include <string>

namespace cli {

// The day and minute of an instant as clocks in China show it: `2017-03-01 10:00`.
std::string beijing(std::int64_t ns);

// A span of time for people, to the minute: `3d 04:05`, `-0d 00:10`.
std::string elapsed(std::int64_t seconds);

}  // namespace cli
