#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/language.h"

namespace cli {

// What an event was, in a few words, for its index: `order.created 2017-03-01`.
using DescribeEvent = std::function<std::string(std::uint64_t index)>;

// A derivation (one JSON object of `tally explain`) as a tree for people: amounts, clauses,
// formulas, and every input with the event it comes from.
std::string derivation_tree(std::string_view json, const DescribeEvent& describe,
                            Language language);

}  // namespace cli
