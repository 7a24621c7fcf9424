#include "projections/invoicing.h"

#include <algorithm>

namespace projections {

std::vector<StandingInvoice> standing_invoices(const Facts& facts) {
  std::vector<StandingInvoice> invoices;
  for (const auto& vehicle : facts.vehicles) {
    facts.invoices.each(vehicle.invoices, [&](const Invoiced& invoice) {
      if (invoice.voided) return;
      const auto* latest = facts.invoices.latest(vehicle.invoices, [&](const Invoiced& other) {
        return !other.voided && other.order == invoice.order;
      });
      if (latest == &invoice)
        invoices.push_back({invoice.dealer, ledger::Date{invoice.day}, invoice.vin});
    });
  }
  std::sort(invoices.begin(), invoices.end());
  return invoices;
}

}  // namespace projections
