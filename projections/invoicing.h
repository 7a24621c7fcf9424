#pragma once

#include <vector>

#include "projections/facts.h"

namespace projections {

// The invoices that stand: the latest of each VIN and order (no order counts as one).
struct StandingInvoice {
  DealerId dealer;
  ledger::Date day;
  VinId vin;
  auto operator<=>(const StandingInvoice&) const = default;
};

// Sorted by dealer, day, VIN.
std::vector<StandingInvoice> standing_invoices(const Facts& facts);

}  // namespace projections
