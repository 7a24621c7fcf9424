#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/strong.h"
#include "ledger/base/time.h"
#include "ledger/event.h"
#include "projections/column.h"

namespace projections {

// Whether an event counts towards the last business date (policy.md 2): of keys, persons and
// certificates none does.
bool has_business_day(const ledger::Entry& entry);

// An event whose day is later than that of any before it that no void ever targeted.
struct LaterDay {
  std::uint32_t index;
  std::int32_t day;
};

// The same of an event that some void targets, the first of them at `voided_at`.
struct VoidedDay {
  std::uint32_t index, voided_at;
  std::int32_t day;
};

// The last business date of a log, as of each size it has had: a few records, since days rise
// with the log, but for the voided. Immutable once made; safe from any thread.
class LastDays {
 public:
  LastDays() = default;

  LastDays(Column<LaterDay> later, Column<VoidedDay> voided)
      : later_(std::move(later)), voided_(std::move(voided)) {}

  std::optional<ledger::Date> at(ledger::TreeSize size) const;

  const Column<LaterDay>& later() const { return later_; }

  const Column<VoidedDay>& voided() const { return voided_; }

 private:
  Column<LaterDay> later_;    // by index
  Column<VoidedDay> voided_;  // by index
};

// Takes the events of a log in, in their order.
class LastDaysBuilder {
 public:
  void add(const ledger::Entry& entry);
  void add_void(ledger::Sequence target, ledger::Sequence voiding);
  LastDays build();

 private:
  std::vector<std::int32_t> days_;  // by index
  std::vector<VoidedDay> voids_;    // by void; the day is not told yet
};

}  // namespace projections
