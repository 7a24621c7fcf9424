#pragma once

#include <algorithm>
#include <cstdint>

#include "cli/console.h"
#include "cli/event_line.h"

namespace cli {

// Names the first refused lines beside the results, as they come, and counts the rest. One
// thread.
class RefusedLines {
 public:
  explicit RefusedLines(Console& console) : console_(console) {}

  void tell(const RefusedLine& refused);

  std::int64_t count() const { return count_; }

  // Those that were counted only.
  std::int64_t untold() const { return std::max<std::int64_t>(0, count_ - told_max); }

  // Says how many these are, if there are any.
  void tell_rest() const;

 private:
  static constexpr std::int64_t told_max = 20;

  Console& console_;
  std::int64_t count_ = 0;
};

}  // namespace cli
