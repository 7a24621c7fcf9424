#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <memory>

#include "projections/checked_file.h"
#include "projections/column.h"
#include "projections/event_ties.h"
#include "projections/last_days.h"

namespace projections {

// A component, what several of them share (a dealer, a credit code), or the books of a dealer.
struct Unit {
  std::uint32_t value = 0;
  auto operator<=>(const Unit&) const = default;
};

enum class UnitKind : std::uint8_t { component, shared, books };

// From the earliest version to the latest; none for a log without events.
struct VersionSpan {
  std::uint16_t earliest = 0xffff, latest = 0;

  void add(std::uint16_t version) {
    earliest = std::min(earliest, version);
    latest = std::max(latest, version);
  }

  // Whether a program whose newest version this is can read them all.
  bool readable_at(std::uint16_t newest) const { return earliest >= 1 && latest <= newest; }
};

// The components of a log of `size` events as flat tables of integers, some 20 bytes an event, in
// memory or in a file. Units are numbered: components that hold an order, other components,
// shared units, books; each in order of first appearance.
struct ComponentTables {
  std::uint32_t size = 0;
  std::uint32_t with_orders = 0, components = 0, shared_end = 0, units = 0;  // numbers up to there
  std::uint32_t aimless_voids = 0;  // their targets are not in the log
  VersionSpan versions;
  Column<EntityKey> keys;  // sorted
  Column<Unit> unit_of;    // each key
  RowColumns<std::uint32_t> events;
  RowColumns<Unit> reads;    // by component
  RowColumns<Unit> readers;  // by shared unit and books, from the first of them
  Column<std::uint32_t> for_everything;
  LastDays last_days;
  std::unique_ptr<const CheckedFile> file;  // where the columns are; null: in memory
};

}  // namespace projections
