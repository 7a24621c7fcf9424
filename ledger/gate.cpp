#include "ledger/gate.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <limits>

namespace ledger {
namespace {

// std::atomic would do the same, but yields four times before it sleeps: with dozens of
// callers on few processors that is most of what an append costs.
void futex(const std::atomic<std::uint32_t>& word, int operation, std::uint32_t value) {
  static_assert(sizeof word == sizeof value && std::atomic<std::uint32_t>::is_always_lock_free);
  ::syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, 0);
}

}  // namespace

void Gate::wait(const std::atomic<bool>& done) const {
  while (true) {
    const auto seen = openings_.load(std::memory_order_acquire);
    if (done.load(std::memory_order_acquire)) return;
    sleepers_.fetch_add(1);
    futex(openings_, FUTEX_WAIT, seen);
    sleepers_.fetch_sub(1);
  }
}

// Whoever is not counted yet when the gate looks will find it opened and not sleep.
void Gate::open() {
  openings_.fetch_add(1);
  if (sleepers_.load() == 0) return;
  futex(openings_, FUTEX_WAKE, std::numeric_limits<int>::max());
}

}  // namespace ledger
