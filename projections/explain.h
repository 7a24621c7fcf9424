#pragma once

#include <string>
#include <string_view>

#include "projections/replay.h"

namespace projections {

// The derivation of one line (`O1/standard`), fine (`P1/fine`) or demo car's preference
// (`<vin>/demo`) as one JSON object (cli.md, `explain`). It is made from the same evaluation
// that yields the line's amount. Fails with `not_found` when the cut has no such line, and
// with `invalid` when its amounts do not fit into int64.
ledger::Result<std::string> explain(const Replay& replay, std::string_view line);

// The pack whose rules the line, fine or demo car stands under, and which words its clauses;
// null where none governs and where the cut has no such line.
const policy::Pack* pack_behind(const Replay& replay, std::string_view line);

}  // namespace projections
