// Goes through a range of frames whatever their state, and tells of all that is missing.
#pragma once

#include <cstdint>
#include <functional>

#include "ledger/base/message.h"
#include "ledger/base/strong.h"
#include "ledger/frame.h"
#include "ledger/store.h"

namespace ledger {

struct FrameVisitor {
  // A frame whose header and table are sound, aligned; lives until this returns.
  std::function<void(const FrameView&)> frame;
  // No frame can be had for these entries, and why.
  std::function<void(Sequence first, TreeSize end, const Message& why)> gap;
  // A record that has no place among the frames, by its key.
  std::function<void(Bytes key)> stranger;
};

// Visits, in order and without leaving anything out, what is stored for the entries from
// `first`, a multiple of 256, to `end`. Frames and gaps do not overlap.
void walk_frames(const Store& store, Sequence first, TreeSize end, const FrameVisitor& visitor);

}  // namespace ledger
