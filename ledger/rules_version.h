// The version of the rules that an entry is written, read and judged by.
#pragma once

#include <cstdint>

namespace ledger {

// The one place that says which version new entries get. An entry keeps the one it was
// written with for ever (`Event.rules_version`), and what follows from it is computed as that
// version said. So a change of what a rule means counts one up here and adds a branch where
// the rule is; the old branch stays.
constexpr std::uint16_t rules_version_now = 1;

}  // namespace ledger
