#pragma once

#include <span>
#include <vector>

#include "projections/facts.h"
#include "projections/findings.h"
#include "projections/rows.h"
#include "projections/view.h"

namespace projections {

// A vehicle on the order that holds it (policy.md 3, "holding a VIN").
struct Held {
  VinId vin;
  const Movement* delivery = nullptr;  // the one that put it there
  bool found = false;                  // an effective finding on the order names it
};

// Who holds what and which orders stand, either as corrected or uncorrected (View).
// Immutable once made; reading is safe from any thread.
class Standing {
 public:
  Standing(const Facts& facts, const Findings& findings, bool uncorrected);

  // The latest order.created; null for an unknown order.
  const OrderCreated* order(OrderId order) const { return created_[order.value]; }

  std::span<const Held> held(OrderId order) const { return held_[order.value]; }

  // VINs whose latest delivery or return on the order is a return.
  std::span<const VinId> returned(OrderId order) const { return returned_[order.value]; }

  // The dealer-channel orders of a customer.
  std::span<const OrderId> dealer_channel_orders(CustomerId customer) const {
    return by_customer_[customer.value];
  }

 private:
  void follow_orders(const Facts& facts, const View& view);
  void follow_vehicles(const Facts& facts, const Findings& findings, const View& view);

  std::vector<const OrderCreated*> created_;
  Rows<OrderId> by_customer_;
  Rows<Held> held_;
  Rows<VinId> returned_;
};

}  // namespace projections
