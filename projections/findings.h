#pragma once

#include <span>
#include <vector>

#include "projections/facts.h"
#include "projections/rows.h"

namespace projections {

// What became of one finding: its events read in order (policy.md 2).
struct FindingState {
  FindingId finding;
  const FindingMoved* confirmed = nullptr;  // the latest; says order, dealer, kind and scope
  const FindingMoved* stated = nullptr;     // the latest confirmed, else the latest raised
  std::span<const VinId> vins;              // false now; empty unless effective
  bool effective = false;

  bool voids_order() const {
    return effective && confirmed->kind == schema::FindingKind::false_claim &&
           confirmed->scope == schema::FindingScope::order;
  }
};

// All findings of a cut as they stand. Immutable once made.
class Findings {
 public:
  explicit Findings(const Facts& facts);

  const FindingState& operator[](FindingId finding) const { return states_[finding.value]; }

  const std::vector<FindingState>& all() const { return states_; }

  // The effective findings on an order.
  std::span<const FindingId> on(OrderId order) const { return by_order_[order.value]; }

  // The effective findings that name a VIN, on whatever order.
  std::span<const FindingId> naming(VinId vin) const { return by_vin_[vin.value]; }

  // Whether an effective finding on `order` names `vin`.
  bool names(OrderId order, VinId vin) const;

 private:
  std::vector<FindingState> states_;
  Rows<FindingId> by_order_, by_vin_;
};

}  // namespace projections
