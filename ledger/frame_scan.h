// Copies the frames of a selection out of the database, one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/frame.h"
#include "ledger/frame_cursor.h"
#include "ledger/reader.h"
#include "ledger/selection_filter.h"
#include "ledger/store.h"

namespace ledger {

// A frame with the memory it lies in, and which of its entries are within the selection's bounds.
// Their checksums are not looked at yet.
struct FrameCopy {
  std::vector<std::uint64_t> words;
  std::optional<FrameView> frame;  // nothing where no more is selected
  std::uint64_t from = 0, end = 0;
  Status status = Ok{};  // why the scan ends behind these entries, where it should not
  bool last = false;
};

// One thread at a time; must not outlive the store.
class FrameScan {
 public:
  // What is selected of the first `size` entries.
  FrameScan(const Store& store, const Selection& selection, TreeSize size);

  // Copies the next frame that may hold what is selected; a copy can be filled again and again.
  // Not to be called after the last one.
  void load(FrameCopy& copy);

 private:
  Status take(FrameCopy& copy);

  SelectionFilter filter_;
  std::uint64_t end_;
  std::uint64_t next_;
  FrameCursor cursor_;
  bool standing_ = false;  // the cursor stands on a frame
};

}  // namespace ledger
