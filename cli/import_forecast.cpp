#include "cli/import_forecast.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/stored_field.h"
#include "projections/policy/money.h"

namespace cli {

void ImportForecast::count(const ledger::Entry& event) {
  const auto* rule = ledger::catalogue().find(event.type());
  ++types_[rule->name];
  const auto time = event.event->time()->ns();
  first_ns_ = std::min(first_ns_.value_or(time), time);
  last_ns_ = std::max(last_ns_.value_or(time), time);
  const auto& payload = ledger::payload_table(*event.event);
  for (const auto& field : rule->fields) {
    if (field.kind != ledger::Kind::fen || !ledger::is_present(payload, field)) continue;
    const auto name = fmt::format("{} {}", rule->name, field.name);
    auto& sum = money_.try_emplace(name, 0).first->second;
    if (sum) sum = projections::policy::add(*sum, ledger::number_in(payload, field));
  }
}

}  // namespace cli
