#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/console.h"

namespace cli {

// A bar beside the results for work that lasts: drawn only on a terminal and only after
// a second, wiped away at the end. One thread.
class Progress {
 public:
  // `total` 0: unknown, as for standard input; then only the count is shown.
  Progress(Console& console, std::string label, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // The total, once it is known.
  void expect(std::uint64_t total) { total_ = total; }

  // Says how much of the total is done, and how many events that were.
  void show(std::uint64_t done, std::uint64_t events);

 private:
  using Clock = std::chrono::steady_clock;

  Console& console_;
  std::string label_;
  std::uint64_t total_;
  Clock::time_point started_, drawn_;
  bool visible_ = false;
};

}  // namespace cli
