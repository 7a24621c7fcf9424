#include "projections/components.h"

#include <algorithm>
#include <iterator>

#include "ledger/base/distinct.h"
#include "projections/component_extension.h"
#include "projections/component_scan.h"

namespace projections {

using ledger::Result;

Result<Components> Components::of(const EventSource& source) {
  Components components;
  components.tables_ = TRY(scan_components(source));
  components.size_ = source.size();
  components.last_day_ = components.tables_->last_days.at(source.size());
  components.versions_ = components.tables_->versions;
  return components;
}

Result<std::optional<Components>> Components::of(std::shared_ptr<const ComponentTables> tables,
                                                 const EventSource& source) {
  Components components;
  components.tables_ = std::move(tables);
  components.size_ = source.size();
  components.versions_ = components.tables_->versions;
  const ledger::TreeSize told{
      std::min<std::uint64_t>(components.tables_->size, source.size().value)};
  components.last_day_ = components.tables_->last_days.at(told);
  if (told == source.size()) return std::optional(std::move(components));
  if (!TRY(ComponentExtension(components, source).run())) return std::optional<Components>();
  return std::optional(std::move(components));
}

UnitKind Components::kind_of(Unit unit) const {
  if (unit.value < tables_->components) return UnitKind::component;
  if (unit.value < tables_->shared_end) return UnitKind::shared;
  if (unit.value < tables_->units) return UnitKind::books;
  return new_units_[unit.value - tables_->units];
}

// The least of the units that it was joined with.
Unit Components::whole(Unit unit) const {
  for (auto at = parents_.find(unit); at != parents_.end() && at->second != unit;
       at = parents_.find(unit)) {
    unit = at->second;
  }
  return unit;
}

std::vector<Unit> Components::with_orders() const {
  std::vector<Unit> units;
  for (std::uint32_t number = 0; number < tables_->with_orders; ++number) {
    if (whole(Unit{number}) == Unit{number}) units.push_back(Unit{number});
  }
  for (const auto& [unit, changed] : changed_) {
    if (changed.holds_order && unit.value >= tables_->with_orders) units.push_back(unit);
  }
  return units;
}

std::vector<Unit> Components::shared() const {
  std::vector<Unit> units;
  for (auto number = tables_->components; number < tables_->shared_end; ++number) {
    units.push_back(Unit{number});
  }
  for (std::uint32_t number = 0; number < new_units_.size(); ++number) {
    if (new_units_[number] == UnitKind::shared) units.push_back(Unit{tables_->units + number});
  }
  return units;
}

std::optional<Unit> Components::unit_of(EntityKey key) const {
  if (const auto place = tables_->keys.find(key)) {
    const auto unit = tables_->unit_of.at(*place);
    if (!unit) return std::nullopt;
    return whole(*unit);
  }
  const auto made = new_keys_.find(key);
  if (made == new_keys_.end()) return std::nullopt;
  return whole(made->second);
}

std::span<const std::uint32_t> Components::within(std::span<const std::uint32_t> events) const {
  if (events.empty() || events.back() < size_.value) return events;
  const auto end = std::lower_bound(events.begin(), events.end(), size_.value);
  return events.first(static_cast<std::size_t>(end - events.begin()));
}

std::span<const std::uint32_t> Components::events(Unit unit) const {
  const auto changed = changed_.find(unit);
  if (changed != changed_.end()) return changed->second.events;
  return within(tables_->events[unit.value]);
}

std::span<const Unit> Components::reads(Unit component) const {
  const auto changed = changed_.find(component);
  if (changed != changed_.end()) return changed->second.reads;
  return tables_->reads[component.value];
}

std::vector<Unit> Components::readers(Unit shared) const {
  std::vector<Unit> readers;
  if (shared.value < tables_->units) {
    for (const auto unit : tables_->readers[shared.value - tables_->components]) {
      readers.push_back(whole(unit));
    }
  }
  const auto changed = changed_.find(shared);
  if (changed != changed_.end()) {
    for (const auto unit : changed->second.readers) readers.push_back(whole(unit));
  }
  ledger::sort_distinct(readers);
  return readers;
}

std::span<const std::uint32_t> Components::events_for_everything() const {
  if (for_everything_) return *for_everything_;
  return within(tables_->for_everything.all());
}

}  // namespace projections
