// Demo cars (C-III): eligibility, price, documents, and the preference to claw back.
#pragma once

#include <optional>
#include <vector>

#include "projections/invoicing.h"
#include "projections/world.h"

namespace projections {

struct Demo {
  VinId vin;
  DealerId dealer;  // of the latest demo event
  DemoMoved::Kind state{};
  std::optional<bool> eligible, price_ok;
  std::optional<ledger::Date> documents_due, documents;
  const DemoMoved* purchased = nullptr;
  const DemoMoved* disposed = nullptr;
  const policy::Pack* pack = nullptr;  // governing the purchase, or else the approval
  std::int64_t clawback_fen = 0;       // the preference to claw back, before claims
  std::int64_t over_fen = 0;           // after claims
};

// A demo for every VIN with a demo event, by VIN number. `invoices` as sorted by
// standing_invoices.
std::vector<Demo> all_demos(const World& world, const std::vector<StandingInvoice>& invoices);

}  // namespace projections
