// Chance that anyone can repeat: a draw by SHA-256 of a seed (docs/FORMATS.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/base/strong.h"

namespace ledger {

// The number below `size` that round `round` gives; nothing where the round is passed over,
// since its number would favour some. Depends on nothing but the arguments. Requires size > 0.
std::optional<std::uint64_t> draw(std::string_view seed, std::uint64_t size, std::uint64_t round);

// `count` distinct entries of a log of that size, sorted; all of them if there are no more.
std::vector<Sequence> draw_sample(std::string_view seed, TreeSize size, std::uint64_t count);

}  // namespace ledger
