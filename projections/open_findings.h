// Suspicions that hang: findings raised, and neither confirmed nor dismissed since.
#pragma once

#include <vector>

#include "projections/overlay.h"
#include "projections/replay.h"

namespace projections {

struct OpenFinding {
  FindingId finding;
  const FindingMoved* raised = nullptr;
};

// Sorted by name.
std::vector<OpenFinding> open_findings(const Facts& facts);

// Adds to `overlay` that each of `open` is confirmed as raised on `day`, for its whole order:
// the worst that can come of it. Fails as `OverlaySource::add` does.
ledger::Status suppose_confirmed(const Facts& facts, const std::vector<OpenFinding>& open,
                                 ledger::Date day, OverlaySource& overlay);

}  // namespace projections
