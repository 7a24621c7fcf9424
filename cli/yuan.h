#pragma once

#include <cstdint>
#include <string>

namespace cli {

// `fen` as yuan for people, by integer arithmetic alone: -1234567 → `-12,345.67`.
std::string yuan(std::int64_t fen);

}  // namespace cli
