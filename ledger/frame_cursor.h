// Walks the stored frames in log order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/event.h"
#include "ledger/frame.h"
#include "ledger/store.h"

namespace ledger {

// One thread at a time; any number of cursors over one store. Must not outlive it.
class FrameCursor {
 public:
  FrameCursor(const Store& store, Store::Pattern pattern);

  // Moves to the frame that holds the entry. Fails with `corrupt` when no frame does or
  // it is damaged.
  Status seek(Sequence index);
  // Moves to the frame that begins where this one ends, in the same way.
  Status next();

  // The frame as it lies in the database: good for asking whether it is of interest.
  const FrameView& stored() const { return *stored_; }

  // A copy of the frame in aligned memory, which lives until the next call; entries
  // can be read from it in place.
  FrameView load() { return load(words_); }

  // The same in memory of the caller, which is made to fit.
  FrameView load(std::vector<std::uint64_t>& words) const;

 private:
  Status take(Sequence wanted);

  Cursor cursor_;
  std::optional<FrameView> stored_;
  std::vector<std::uint64_t> words_;
};

// The checked view of one entry of an aligned frame. Fails with `corrupt`.
Result<Entry> entry_at(const FrameView& frame, std::uint32_t position);

}  // namespace ledger
