#include "projections/last_days.h"

#include <algorithm>
#include <limits>

namespace projections {
namespace {

namespace schema = ledger::schema;
constexpr auto no_day = std::numeric_limits<std::int32_t>::min();

}  // namespace

bool has_business_day(const ledger::Entry& entry) {
  using P = schema::Payload;
  const auto type = entry.type();
  return type != P::KeyEnrolled && type != P::KeyRevoked && type != P::PersonErased &&
         type != P::ReplayCertified;
}

std::optional<ledger::Date> LastDays::at(ledger::TreeSize size) const {
  auto last = no_day;
  const auto later = later_.all();
  const auto end =
      std::lower_bound(later.begin(), later.end(), size.value,
                       [](const LaterDay& day, std::uint64_t bound) { return day.index < bound; });
  if (end != later.begin()) last = std::prev(end)->day;
  for (const auto& voided : voided_.all()) {
    if (voided.index < size.value && voided.voided_at >= size.value) {
      last = std::max(last, voided.day);
    }
  }
  if (last == no_day) return std::nullopt;
  return ledger::Date{last};
}

void LastDaysBuilder::add(const ledger::Entry& entry) {
  const auto counts = has_business_day(entry);
  days_.resize(entry.index.value, no_day);
  days_.push_back(counts ? ledger::business_date(entry.event->time()->ns()).days : no_day);
}

void LastDaysBuilder::add_void(ledger::Sequence target, ledger::Sequence voiding) {
  voids_.push_back({static_cast<std::uint32_t>(target.value),
                    static_cast<std::uint32_t>(voiding.value), no_day});
}

LastDays LastDaysBuilder::build() {
  std::sort(voids_.begin(), voids_.end(), [](const VoidedDay& a, const VoidedDay& b) {
    return a.index != b.index ? a.index < b.index : a.voided_at < b.voided_at;
  });
  std::vector<LaterDay> later;
  std::vector<VoidedDay> voided;
  auto last = no_day;
  auto next = voids_.begin();
  for (std::uint32_t index = 0; index < days_.size(); ++index) {
    const auto day = days_[index];
    while (next != voids_.end() && next->index < index) ++next;
    if (day <= last) continue;
    if (next != voids_.end() && next->index == index) {
      voided.push_back({index, next->voided_at, day});
    } else {
      last = day;
      later.push_back({index, day});
    }
  }
  return {Column(std::move(later)), Column(std::move(voided))};
}

}  // namespace projections
