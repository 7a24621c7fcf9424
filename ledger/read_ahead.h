// The frames of a scan, read by a thread of their own ahead of the one that uses them.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <semaphore>
#include <thread>

#include "ledger/frame_scan.h"

namespace ledger {

// For one thread, which may stop anywhere. Holds a few frames, however many there are.
class ReadAhead {
 public:
  explicit ReadAhead(FrameScan scan);
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // The next copy, until the next call. Not to be called after the last one.
  const FrameCopy& next();

 private:
  static constexpr std::size_t copies_max = 16;

  void read();

  FrameScan scan_;
  std::array<FrameCopy, copies_max> copies_;
  std::counting_semaphore<copies_max + 1> empty_{copies_max}, full_{0};
  std::size_t next_ = 0;
  bool in_use_ = false;  // the copy before `next_`
  std::atomic<bool> stopped_{false};
  std::thread reader_;
};

}  // namespace ledger
