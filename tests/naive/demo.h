// Demo cars under the commercial policy (policy.md 6, C-III).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/naive/order.h"

namespace naive {

struct Demo {
  std::string vin, dealer, state;
  std::optional<bool> eligible, price_ok;
  std::optional<ledger::Date> documents_due, documents;
  std::int64_t clawback_fen{};  // before claims
  std::int64_t over_fen{};      // what of it no claim has asked for yet
};

// By VIN.
std::vector<Demo> all_demos(const View& view);

// The VINs of the standing invoices of `dealer` from `from` to `to`, both included;
// demo cars too.
Vins invoiced(const View& view, std::string_view dealer, ledger::Date from, ledger::Date to);

}  // namespace naive
