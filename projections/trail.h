#pragma once

#include <set>
#include <string>
#include <string_view>

#include "projections/replay.h"

namespace projections {

// Which events belong to the life of an order, a vehicle or a filing. From a filing lead all
// orders that named it, from a vehicle all orders it was delivered, returned or invoiced on,
// from an order its filing, agreement, project and all its vehicles; from these their
// settlements, claims, findings, appeals, fines, complaints and inspections (with what stood in
// their way), and the set-offs
// that spent what was granted on the orders, first granted first spent. Voided events and the
// voids belong to it like any other.
class Trail {
 public:
  // `name` may name several of the three. The replay must outlive the result.
  Trail(const Replay& replay, std::string_view name);

  // No order, vehicle or filing has this name.
  bool empty() const { return subjects_.empty(); }

  // Entries must come in log order, since a void belongs where its target does.
  bool take(const ledger::Entry& entry);

 private:
  using Names = std::set<std::string, std::less<>>;

  void add_filing(FilingId filing);
  void add_order(OrderId order);
  void add_vehicle(VinId vin);
  void add_vehicles_of(OrderId order);
  void add_disputes();
  void add_setoffs();
  void follow_credit(DealerId dealer);
  bool has_order(const flatbuffers::String* order) const;
  bool has_finding(const flatbuffers::String* finding) const;
  bool belongs(const ledger::Entry& entry) const;
  void note_inspection(const ledger::Entry& entry);

  const Facts& facts_;
  std::set<OrderId> orders_;
  std::set<VinId> vehicles_;
  Names subjects_;  // streams that belong as a whole
  Names order_names_, finding_names_, dealers_;
  std::set<std::uint32_t> setoffs_;  // log indexes
  Names taken_;                      // `source#id` of what was taken
  Names inspections_;                // of orders of ours, as far as they were taken
};

}  // namespace projections
