#include "ledger/clock_trail.h"

#include <algorithm>
#include <iterator>

namespace ledger {
namespace {

bool is_single(const ClockStretch& stretch) {
  return stretch.first == stretch.last;
}

}  // namespace

void ClockTrail::append(const ClockTrail& later) {
  if (later.stretches_.empty()) return;
  enter(later.stretches_.front());
  std::for_each(std::next(later.stretches_.begin()), later.stretches_.end(),
                [this](const ClockStretch& stretch) { push(stretch); });
  setbacks_.insert(setbacks_.end(), later.setbacks_.begin(), later.setbacks_.end());
}

std::vector<ClockStretch> ClockTrail::stretches() const {
  std::vector<ClockStretch> longer;
  std::remove_copy_if(stretches_.begin(), stretches_.end(), std::back_inserter(longer), is_single);
  return longer;
}

void ClockTrail::enter(const ClockStretch& next) {
  if (stretches_.empty()) return push(next);
  auto& last = stretches_.back();
  if (next.appended_ns == last.appended_ns && last.last.value + 1 == next.first.value) {
    last.last = next.last;
    return;
  }
  if (next.appended_ns < last.appended_ns) {
    setbacks_.push_back({next.first, next.appended_ns, last.appended_ns});
  }
  push(next);
}

void ClockTrail::push(const ClockStretch& next) {
  if (stretches_.size() > 1 && is_single(stretches_.back())) stretches_.pop_back();
  stretches_.push_back(next);
}

}  // namespace ledger
