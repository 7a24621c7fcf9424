#pragma once

#include <string>
#include <string_view>

#include "cli/language.h"

namespace cli {

// What a column of a table is called, for the key of the read model that fills it.
std::string heading(std::string_view key, Language language);

}  // namespace cli
