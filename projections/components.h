// The unit of re-evaluation: orders that bear on one another, and the events they come of.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "projections/component_tables.h"
#include "projections/event_source.h"
#include "projections/event_ties.h"

namespace projections {

// Orders are of one component when customers, relations ever asserted, vehicles, projects,
// filings, agreements, findings, fines, complaints, claims or settlements join them, whatever
// became of those; and a bill is one. Its lines, filings and bills come of its own events, those
// of the dealers and credit codes that it reads, and those that bear on everything: a replay of
// just these gives them as a replay of the whole log does. The rows of a dealer come of its
// books: its own events, and all components that name it. The same log gives the same answers.
// Immutable once made; safe from any thread.
class Components {
 public:
  // One scan of the log, and a lookup for each void. Fails with the source's errors.
  static ledger::Result<Components> of(const EventSource& source);

  // Of tables kept from earlier: `source` is the log that they are of, or that log some events
  // later, or some events earlier. Then what it has beyond them is read, and what they have
  // beyond it is not told of; its components may be joined by what came later, which leaves them
  // true. Nothing when these tables cannot be continued. Fails with the source's errors.
  static ledger::Result<std::optional<Components>> of(std::shared_ptr<const ComponentTables> tables,
                                                      const EventSource& source);

  const ComponentTables& tables() const { return *tables_; }

  // The same, to make others of.
  std::shared_ptr<const ComponentTables> shared_tables() const { return tables_; }

  // Those that hold an order.
  std::vector<Unit> with_orders() const;
  // What several components share: dealers and credit codes.
  std::vector<Unit> shared() const;

  // The unit of an entity that some event of the log names.
  std::optional<Unit> unit_of(EntityKey key) const;

  bool is_component(Unit unit) const { return kind_of(unit) == UnitKind::component; }

  // The unit's own events, sorted by index.
  std::span<const std::uint32_t> events(Unit unit) const;

  // The shared units whose events a component reads, sorted.
  std::span<const Unit> reads(Unit component) const;

  // The components that read a shared unit, or that name the dealer whose books these are; sorted.
  std::vector<Unit> readers(Unit shared) const;

  // Packs, calendars, bank lists and their voids, sorted by index.
  std::span<const std::uint32_t> events_for_everything() const;

  // The latest business date of the events that exist.
  std::optional<ledger::Date> last_day() const { return last_day_; }

  // The versions of the rules under which its events were written.
  VersionSpan rules_versions() const { return versions_; }

  // Whether the tables turned out to be damaged: nothing learned from this may then be used.
  bool damaged() const { return tables_->file != nullptr && tables_->file->damaged(); }

 private:
  friend class ComponentExtension;

  // What the events beyond the tables make of a unit, or of several joined.
  struct Changed {
    std::vector<std::uint32_t> events;
    std::vector<Unit> reads;
    std::vector<Unit> readers;
    bool holds_order = false;
  };

  Components() = default;
  UnitKind kind_of(Unit unit) const;
  Unit whole(Unit unit) const;
  std::span<const std::uint32_t> within(std::span<const std::uint32_t> events) const;

  std::shared_ptr<const ComponentTables> tables_;
  ledger::TreeSize size_{0};
  std::optional<ledger::Date> last_day_;
  VersionSpan versions_;
  // All of these are of the events beyond the tables.
  std::map<EntityKey, Unit> new_keys_;
  std::vector<UnitKind> new_units_;
  std::map<Unit, Unit> parents_;  // of units that others were joined with
  std::map<Unit, Changed> changed_;
  std::optional<std::vector<std::uint32_t>> for_everything_;
};

}  // namespace projections
