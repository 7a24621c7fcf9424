#pragma once

#include <string>
#include <vector>

#include "projections/amounts.h"
#include "projections/components.h"
#include "projections/overlay.h"

namespace projections {

// What an overlay changes.
struct Changes {
  std::vector<ChangedLine> lines;      // sorted by name
  std::vector<std::string> overflows;  // lines in its reach that cannot be compared
};

// Compares the lines of `base` and of `overlay`, which lies over it, in one cut. Replays only
// the components that the overlay reaches, or everything when a pack, a calendar or a bank list
// is among what it changes. `components` are those of `base`. Fails as a replay does.
ledger::Result<Changes> what_if(const EventSource& base, const Components& components,
                                const OverlaySource& overlay, const Cut& cut, unsigned threads);

// The same by replaying everything, which gives the same lines.
ledger::Result<Changes> what_if_all_over(const EventSource& base, const EventSource& overlay,
                                         const Cut& cut, unsigned threads);

}  // namespace projections
