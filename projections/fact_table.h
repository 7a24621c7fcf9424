#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace projections {

// A place in a fact table; `none` ends a chain.
using FactRef = std::uint32_t;
inline constexpr FactRef no_fact = ~FactRef{0};

// What every fact carries: when it happened, where it stands in the log, and the fact
// of the same entity and table before it.
struct Fact {
  std::int64_t ns = 0;      // `time`
  std::uint32_t index = 0;  // in the log; a fold holds at most 2^32 − 1 events
  std::int32_t day = 0;     // business date
  FactRef previous = no_fact;
  std::uint16_t rules_version = 1;  // as the event was written, within what the cut takes
  bool voided = false;              // targeted by an event.voided that the cut knows
};

// G8: earlier and later go by business date, then by log index.
inline bool earlier(const Fact& a, const Fact& b) {
  return a.day != b.day ? a.day < b.day : a.index < b.index;
}

inline bool stands(const Fact& fact) {
  return !fact.voided;
}

// All facts of one kind in log order. Each entity keeps the head of its own chain, so
// that adding a fact allocates nothing of its own.
template <class T>
class FactTable {
 public:
  void add(FactRef& head, T fact) {
    fact.previous = head;
    head = static_cast<FactRef>(facts_.size());
    facts_.push_back(fact);
  }

  // Marks what the event at `index` left as voided.
  void mark_voided(std::uint32_t index) {
    auto at =
        std::lower_bound(facts_.begin(), facts_.end(), index,
                         [](const T& fact, std::uint32_t bound) { return fact.index < bound; });
    for (; at != facts_.end() && at->index == index; ++at) at->voided = true;
  }

  const T& operator[](FactRef at) const { return facts_[at]; }

  const std::vector<T>& all() const { return facts_; }

  // Calls `use` with every fact of a chain, newest in the log first.
  template <class Use>
  void each(FactRef head, Use&& use) const {
    for (FactRef at = head; at != no_fact; at = facts_[at].previous) use(facts_[at]);
  }

  // Whether a chain holds a fact for which `fits` holds.
  template <class Fits>
  bool any(FactRef head, Fits&& fits) const {
    for (FactRef at = head; at != no_fact; at = facts_[at].previous) {
      if (fits(facts_[at])) return true;
    }
    return false;
  }

  // The latest (G8) fact of a chain for which `fits` holds; null when there is none.
  template <class Fits>
  const T* latest(FactRef head, Fits&& fits) const {
    const T* found = nullptr;
    each(head, [&](const T& fact) {
      if (fits(fact) && (found == nullptr || earlier(*found, fact))) found = &fact;
    });
    return found;
  }

  // The earliest (G8) such fact.
  template <class Fits>
  const T* earliest(FactRef head, Fits&& fits) const {
    const T* found = nullptr;
    each(head, [&](const T& fact) {
      if (fits(fact) && (found == nullptr || earlier(fact, *found))) found = &fact;
    });
    return found;
  }

 private:
  std::vector<T> facts_;
};

}  // namespace projections
