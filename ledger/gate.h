#pragma once

#include <atomic>
#include <cstdint>

namespace ledger {

// Callers who wait for the same group sleep at the same gate, so that one call wakes them all:
// with many callers, waking each by itself costs more than the sync they wait for.
class Gate {
 public:
  // Returns once `done` is set by somebody who opens this gate afterwards.
  void wait(const std::atomic<bool>& done) const;
  void open();

 private:
  std::atomic<std::uint32_t> openings_ = 0;
  mutable std::atomic<std::uint32_t> sleepers_ = 0;  // or about to be
};

}  // namespace ledger
