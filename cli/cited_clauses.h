#pragma once

#include <string>
#include <string_view>

#include "cli/language.h"
#include "projections/policy/pack.h"

namespace cli {

// The clauses that a derivation (one JSON object of `tally explain`) cites, each once, in the
// order in which it cites them, in the words of `pack` under its title. Empty where the pack
// words none of them.
std::string cited_clauses(std::string_view json, const projections::policy::Pack& pack,
                          Language language);

}  // namespace cli
