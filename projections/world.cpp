#include "projections/world.h"

namespace projections {

World::World(const Facts& facts)
    : facts_(&facts),
      findings_(facts),
      policies_(facts),
      claims_(facts),
      standing_(facts, findings_, false),
      dealer_usccs_(facts.texts.size()),
      dealer_usccs_voided_(facts.texts.size()) {
  for (const auto& authorised : facts.authorised.all()) {
    if (!authorised.uscc) continue;
    (authorised.voided ? dealer_usccs_voided_ : dealer_usccs_)[authorised.uscc.value] = true;
  }
}

const Standing& World::standing(const View& view) const {
  if (!view.uncorrected) return standing_;
  std::call_once(uncorrected_once_, [this] {
    uncorrected_ = std::make_unique<const Standing>(*facts_, findings_, true);
  });
  return *uncorrected_;
}

bool World::is_dealer(TextId uscc, const View& view) const {
  if (!uscc) return false;
  return dealer_usccs_[uscc.value] || (view.uncorrected && dealer_usccs_voided_[uscc.value]);
}

const policy::Pack* World::pack_of(OrderId order) const {
  const auto* created = standing_.order(order);
  if (created == nullptr) return nullptr;
  return policies_.governing(Model::nev_fleet, created->policy, ledger::Date{created->day},
                             created->dealer);
}

bool World::is_demo_car(VinId vin) const {
  const auto* made_demo =
      facts_->demos.latest(facts_->vehicles[vin.value].demo, [](const DemoMoved& move) {
        return !move.voided &&
               (move.kind == DemoMoved::Kind::approved || move.kind == DemoMoved::Kind::purchased);
      });
  return made_demo != nullptr;
}

}  // namespace projections
