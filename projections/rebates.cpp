#include <algorithm>
#include <map>

#include "projections/json.h"
#include "projections/models.h"
#include "projections/policy/money.h"

namespace projections {
namespace {

using ledger::Date;

struct Row {
  DealerId dealer;
  std::vector<VinId> vins;
  policy::Int128 paid = 0;
};

using Key = std::pair<std::string_view, std::string>;  // dealer, month

Date last_day_of(std::string_view month) {
  const auto first = ledger::parse_date(std::string(month) + "-01");
  return policy::add_days(policy::add_months(*first, 1), -1);
}

std::map<Key, Row> collect(const Replay& replay) {
  const auto& facts = replay.facts();
  std::map<Key, Row> rows;
  for (const auto& invoice : replay.invoices()) {
    const auto month = to_string(invoice.day).substr(0, 7);
    auto& row = rows[{facts.dealer_names[invoice.dealer.value], month}];
    row.dealer = invoice.dealer;
    if (!replay.world().is_demo_car(invoice.vin)) row.vins.push_back(invoice.vin);
  }
  for (const auto& paid : facts.rebates_paid.all()) {
    if (paid.voided) continue;
    auto& row =
        rows[{facts.dealer_names[paid.dealer.value], std::string(facts.texts[paid.month.value])}];
    row.dealer = paid.dealer;
    row.paid += paid.amount_fen;
  }
  return rows;
}

}  // namespace

ledger::Result<ModelRows> print_rebates(const Replay& replay) {
  ModelRows result;
  for (auto& [key, row] : collect(replay)) {
    auto vins = row.vins;
    std::sort(vins.begin(), vins.end());
    const std::int64_t vehicles = std::unique(vins.begin(), vins.end()) - vins.begin();
    const auto* pack = replay.world().policies().governing(Model::commercial, {},
                                                           last_day_of(key.second), row.dealer);
    std::optional<std::int64_t> expected = 0;
    if (pack != nullptr) {
      const auto* tier = policy::tier_for(pack->commercial()->volume_rebate.tiers, vehicles);
      if (tier != nullptr) expected = policy::multiply(tier->per_vehicle_fen, vehicles);
    }
    const auto paid = policy::narrow(row.paid);
    if (!expected || !paid) {
      result.overflows.push_back(std::string(key.first) + " " + key.second);
      JsonObject(result.overflow_keys.emplace_back()).text("dealer", key.first).close();
      continue;
    }
    std::string out;
    JsonObject object(out);
    object.text("dealer", key.first).text("month", key.second).number("vehicles", vehicles);
    if (pack != nullptr) object.number("expected_fen", *expected);
    object.number("paid_fen", *paid);
    object.close();
    result.rows.push_back(std::move(out));
  }
  return result;
}

}  // namespace projections
