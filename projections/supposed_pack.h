#pragma once

#include <string>
#include <string_view>

#include "projections/overlay.h"

namespace projections {

// A pack that an overlay holds on trial.
struct SupposedPack {
  std::string policy;
  std::int32_t version = 0;
  bool replaces = false;  // a version that the log publishes
};

// Puts a pack into `overlay`: in the place and at the time of the same version of its policy,
// else as a new version published on its first day. A new version still governs only dealers
// who had notice of it. Fails with `invalid` for a document that is no pack.
ledger::Result<SupposedPack> suppose_pack(std::string_view document, OverlaySource& overlay);

}  // namespace projections
