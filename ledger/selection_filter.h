#pragma once

#include <optional>

#include "ledger/event.h"
#include "ledger/frame.h"
#include "ledger/reader.h"

namespace ledger {

// A selection as frames and entries are asked about it; its bounds are not looked at. Immutable.
class SelectionFilter {
 public:
  explicit SelectionFilter(const Selection& selection);

  // Whether the frame may hold some of what is selected.
  bool wants(const FrameView& frame) const;
  bool wants(const Entry& entry) const;

 private:
  Selection selection_;
  std::optional<TypeSet> types_;
};

}  // namespace ledger
