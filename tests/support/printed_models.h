#pragma once

#include "projections/models.h"
#include "tests/support/scenario.h"

namespace test {

// Every read model of a cut, as printed. Stops the test when one cannot be.
PrintedModels print_all(const projections::EventSource& source, const projections::Cut& cut,
                        unsigned threads);

// Likewise what the desks print: the base of customers, activities and fleet shares, what was
// recorded late, data quality, receivables, and the settlements and true-ups of each of
// `dealers`.
PrintedModels print_desks(const projections::EventSource& source, const projections::Cut& cut,
                          const std::vector<std::string>& dealers);

// The same without the log indexes of the events that are cited: events then go by source and
// id alone, wherever they stand.
PrintedModels placeless(PrintedModels printed);

// CHECKs that two evaluations print the same; `history` is told where they do not.
void check_same_models(const PrintedModels& got, const PrintedModels& wanted,
                       const std::vector<std::string>& history);

}  // namespace test
