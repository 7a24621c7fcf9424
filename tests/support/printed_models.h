#pragma once

#include "projections/models.h"
#include "tests/support/scenario.h"

namespace test {

// Every read model of a cut, as printed. Stops the test when one cannot be.
PrintedModels print_all(const projections::EventSource& source, const projections::Cut& cut,
                        unsigned threads);

}  // namespace test
