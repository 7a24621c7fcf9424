#include <map>

#include "projections/json.h"
#include "projections/models.h"
#include "projections/policy/money.h"

namespace projections {
namespace {

using ledger::Date;

struct Row {
  std::int64_t counted = 0, special_excluded = 0, hq_direct = 0;
  const ContractSigned* contract = nullptr;
  bool award_lost = false;
};

using Key = std::pair<std::string_view, int>;  // dealer, year
using Table = std::map<Key, Row>;

int year_of(const Fact& fact) {
  return ledger::civil(Date{fact.day}).year;
}

void add_contracts(const Facts& facts, Table& rows) {
  for (std::uint32_t dealer = 0; dealer < facts.dealers.size(); ++dealer) {
    facts.contracts.each(facts.dealers[dealer].contracts, [&](const ContractSigned& contract) {
      if (contract.voided) return;
      auto& standing = rows[{facts.dealer_names[dealer], contract.year}].contract;
      if (standing == nullptr || earlier(*standing, contract)) standing = &contract;
    });
  }
}

// Genuine deliveries of an order, by the year of the delivery.
void add_order(const World& world, OrderId order, Table& rows) {
  const View view;
  const auto& facts = world.facts();
  const auto held = world.standing(view).held(order);
  const auto* created = world.standing(view).order(order);
  if (created == nullptr || held.empty()) return;
  const bool dealer_channel = created->channel == schema::Channel::dealer;
  const bool special = dealer_channel && is_special(world, order, view);
  for (const auto& vehicle : held) {
    if (!is_genuine(vehicle, order, view) || world.is_demo_car(vehicle.vin)) continue;
    auto& row = rows[{facts.dealer_names[created->dealer.value], year_of(*vehicle.delivery)}];
    if (special) {
      ++row.special_excluded;
      continue;
    }
    ++row.counted;
    if (!dealer_channel) ++row.hq_direct;
  }
}

// N8.4: an effective false claim costs the award of the year of its order.
void add_lost_awards(const World& world, Table& rows) {
  const auto& facts = world.facts();
  for (const auto& finding : world.findings().all()) {
    if (!finding.effective || finding.confirmed->kind != schema::FindingKind::false_claim) continue;
    const auto* created = world.standing(View{}).order(finding.confirmed->order);
    if (created == nullptr) continue;
    rows[{facts.dealer_names[finding.confirmed->dealer.value], year_of(*created)}].award_lost =
        true;
  }
}

std::string print(const Key& key, const Row& row) {
  std::string out;
  JsonObject object(out);
  object.text("dealer", key.first);
  object.number("year", key.second);
  object.number("counted", row.counted);
  object.number("special_excluded", row.special_excluded);
  object.number("hq_direct", row.hq_direct);
  if (row.contract != nullptr) {
    const std::int64_t target = row.contract->target;
    object.number("target", target);
    if (target > 0)
      object.number("attainment_bp", (row.counted * 10'000 * 2 + target) / (2 * target));
  }
  object.truth("award_lost", row.award_lost);
  object.close();
  return out;
}

}  // namespace

ledger::Result<ModelRows> print_targets(const Replay& replay) {
  Table rows;
  add_contracts(replay.facts(), rows);
  for (std::uint32_t order = 0; order < replay.facts().orders.size(); ++order) {
    add_order(replay.world(), OrderId{order}, rows);
  }
  add_lost_awards(replay.world(), rows);
  ModelRows result;
  for (const auto& [key, row] : rows) result.rows.push_back(print(key, row));
  return result;
}

}  // namespace projections
