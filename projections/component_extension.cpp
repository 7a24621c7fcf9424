#include "projections/component_extension.h"

#include <algorithm>

#include "ledger/base/distinct.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::sort_distinct;
using ledger::Status;

}  // namespace

Unit ComponentExtension::unit(EntityKey key) {
  if (const auto known = components_.unit_of(key)) return *known;
  const Unit made{components_.tables_->units +
                  static_cast<std::uint32_t>(components_.new_units_.size())};
  auto kind = UnitKind::component;
  if (is_shared(key)) kind = UnitKind::shared;
  if (is_books(key)) kind = UnitKind::books;
  components_.new_units_.push_back(kind);
  components_.new_keys_.emplace(key, made);
  return made;
}

void ComponentExtension::join(Unit a, Unit b) {
  a = components_.whole(a);
  b = components_.whole(b);
  if (a == b) return;
  components_.parents_[std::max(a, b)] = std::min(a, b);
  components_.parents_.emplace(std::min(a, b), std::min(a, b));
}

void ComponentExtension::add(const Entry& entry) {
  find_ties(entry, ties_);
  rows_.add(
      ties_, static_cast<std::uint32_t>(entry.index.value),
      [this](EntityKey key) { return unit(key); }, [this](Unit a, Unit b) { join(a, b); });
  if (ties_.order && !ties_.joined.empty()) with_order_.insert(unit(ties_.joined.front()));
}

// Where `add` puts the target.
void ComponentExtension::place(Sequence voiding, const Entry& target) {
  if (target.type() == ledger::schema::Payload::EventVoided) return;
  find_ties(target, ties_);
  rows_.place(ties_, static_cast<std::uint32_t>(voiding.value),
              [this](EntityKey key) { return unit(key); });
}

Status ComponentExtension::add_void(const Entry& entry) {
  const auto target = TRY(source_.target_of(entry));
  if (!target) return Ok{};
  const bool is_new = target->value >= components_.tables_->size;
  if (is_new) voided_.insert(target->value);
  return source_.read_each({*target}, [&](const Entry& voided) -> Status {
    place(entry.index, voided);
    if (!is_new && has_business_day(voided)) {
      const auto day = ledger::business_date(voided.event->time()->ns()).days;
      voided_day_ = std::max(voided_day_.value_or(day), day);
    }
    return Ok{};
  });
}

// The tables know which of their days is the last, and not which is the one before.
bool ComponentExtension::find_last_day() {
  auto last = components_.last_day_;
  for (const auto& [index, day] : days_) {
    if (voided_.contains(index)) continue;
    if (!last || *last < ledger::Date{day}) last = ledger::Date{day};
  }
  const bool in_doubt =
      voided_day_ && components_.last_day_ == last && last && last->days <= *voided_day_;
  components_.last_day_ = last;
  return !in_doubt;
}

// What the tables have of each unit that changed, or of each that it was joined of, and what is
// new.
void ComponentExtension::gather() {
  auto& changed = components_.changed_;
  const auto& tables = *components_.tables_;
  const auto changed_of = [&](Unit unit) -> Components::Changed& {
    return changed[components_.whole(unit)];
  };
  std::set<Unit> old;
  for (const auto& [unit, parent] : components_.parents_) old.insert(unit);
  for (const auto& [unit, index] : rows_.events) old.insert(unit);
  for (const auto& [unit, read] : rows_.reads) old.insert(unit);
  for (const auto unit : old) {
    if (unit.value >= tables.units) continue;
    auto& into = changed_of(unit);
    const auto events = tables.events[unit.value];
    into.events.insert(into.events.end(), events.begin(), events.end());
    if (unit.value < tables.with_orders) into.holds_order = true;
    if (unit.value >= tables.components) continue;
    const auto reads = tables.reads[unit.value];
    into.reads.insert(into.reads.end(), reads.begin(), reads.end());
  }
  for (const auto& [unit, index] : rows_.events) changed_of(unit).events.push_back(index);
  for (const auto unit : with_order_) changed_of(unit).holds_order = true;
  for (const auto& [unit, read] : rows_.reads) changed_of(unit).reads.push_back(read);
  // A shared unit that changed in its readers only still has its events.
  for (const auto* pairs : {&rows_.reads, &rows_.books}) {
    for (const auto& [unit, read] : *pairs) {
      const bool known = changed.contains(read);
      auto& into = changed[read];
      if (!known && read.value < tables.units) {
        const auto events = tables.events[read.value];
        into.events.assign(events.begin(), events.end());
      }
      into.readers.push_back(unit);
    }
  }
  for (auto& [unit, made] : changed) {
    sort_distinct(made.events);
    sort_distinct(made.reads);
  }
  if (rows_.for_everything.empty()) return;
  const auto all = tables.for_everything.all();
  rows_.for_everything.insert(rows_.for_everything.end(), all.begin(), all.end());
  sort_distinct(rows_.for_everything);
  components_.for_everything_ = std::move(rows_.for_everything);
}

Result<bool> ComponentExtension::run() {
  // What these voids are aimed at may have come since.
  if (components_.tables_->aimless_voids > 0) return false;
  std::vector<Sequence> indexes;
  for (std::uint64_t index = components_.tables_->size; index < source_.size().value; ++index) {
    indexes.push_back({index});
  }
  TRY(source_.read_each(indexes, [&](const Entry& entry) -> Status {
    components_.versions_.add(entry.event->rules_version());
    if (has_business_day(entry)) {
      days_[entry.index.value] = ledger::business_date(entry.event->time()->ns()).days;
    }
    if (entry.type() == ledger::schema::Payload::EventVoided) return add_void(entry);
    add(entry);
    return Ok{};
  }));
  gather();
  return find_last_day();
}

}  // namespace projections
