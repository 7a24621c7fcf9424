#pragma once

#include <cstdint>
#include <vector>

#include "ledger/base/strong.h"

namespace ledger {

// Entries that were given one and the same appended time: the system clock stood still or
// was behind. No difference, but worth knowing.
struct ClockStretch {
  Sequence first;
  Sequence last;
  std::int64_t appended_ns;
};

// An entry that was appended earlier than the one before it: the writer never does that.
struct ClockSetback {
  Sequence index;
  std::int64_t appended_ns;
  std::int64_t before_ns;  // of the entry before
};

// What the appended times of a run of entries tell, in little more memory than it takes to
// tell it: most entries have a time of their own.
class ClockTrail {
 public:
  // The next entry; some before it may be missing.
  void add(Sequence index, std::int64_t appended_ns) { enter({index, index, appended_ns}); }

  // A trail of later entries.
  void append(const ClockTrail& later);

  // Those of two entries or more.
  std::vector<ClockStretch> stretches() const;

  const std::vector<ClockSetback>& setbacks() const { return setbacks_; }

 private:
  void enter(const ClockStretch& next);
  void push(const ClockStretch& next);

  // The first and the last, whatever their length, and those of two or more between.
  std::vector<ClockStretch> stretches_;
  std::vector<ClockSetback> setbacks_;
};

}  // namespace ledger
