// What stands for a personal value wherever the value itself may have to go: in the text
// that an author signs, and in a sealed field. Both stay as they are when the person is erased.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "ledger/base/bytes.h"

namespace ledger {

// Random, one for each value of each event: without it the values that people have could
// be tried one after the other.
using PersonalSalt = std::array<std::byte, 16>;

// SHA-256(salt ‖ value).
Hash personal_commitment(const PersonalSalt& salt, std::string_view value);

}  // namespace ledger
