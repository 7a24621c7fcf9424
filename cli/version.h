#pragma once

#include <string>

namespace cli {

// `0.1.0 (1a2b3c4d)`: the version and the git revision it was built from.
std::string version_text();

}  // namespace cli
