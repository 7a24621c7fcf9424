#include "projections/demos.h"

#include <algorithm>

#include "projections/policy/money.h"

namespace projections {
namespace {

using ledger::Date;
using Kind = DemoMoved::Kind;

const DemoMoved* latest_move(const Facts& facts, VinId vin, std::optional<Kind> kind) {
  return facts.demos.latest(facts.vehicles[vin.value].demo, [&](const DemoMoved& move) {
    return !move.voided && (!kind || move.kind == *kind);
  });
}

const policy::Pack* pack_on(const World& world, const DemoMoved& move) {
  return world.policies().governing(Model::commercial, {}, Date{move.day}, move.dealer);
}

int year_of(std::int32_t day) {
  return ledger::civil(Date{day}).year;
}

// A contract of the year signed in time, and a dealer of level 1.
bool first_eligible(const Facts& facts, const DemoMoved& approved) {
  const auto& dealer = facts.dealers[approved.dealer.value];
  const auto* contract =
      facts.contracts.latest(dealer.contracts, [&](const ContractSigned& signing) {
        return !signing.voided && signing.year == year_of(approved.day);
      });
  const auto* authorised = facts.authorised.latest(
      dealer.authorised,
      [&](const DealerAuthorised& fact) { return !fact.voided && fact.day <= approved.day; });
  return contract != nullptr && contract->day <= approved.day && authorised != nullptr &&
         authorised->level == 1;
}

// Enough different VINs invoiced to the dealer in the year up to the approval's day.
bool second_eligible(const std::vector<StandingInvoice>& invoices, const DemoMoved& approved,
                     int threshold) {
  const Date year_start = *ledger::date_of({year_of(approved.day), 1, 1});
  const auto from = std::lower_bound(invoices.begin(), invoices.end(),
                                     StandingInvoice{approved.dealer, year_start, VinId{0}});
  std::vector<VinId> vins;
  for (auto at = from;
       at != invoices.end() && at->dealer == approved.dealer && at->day.days <= approved.day;
       ++at) {
    vins.push_back(at->vin);
  }
  std::sort(vins.begin(), vins.end());
  return std::unique(vins.begin(), vins.end()) - vins.begin() >= threshold;
}

void judge_approval(const World& world, const std::vector<StandingInvoice>& invoices,
                    const DemoMoved& approved, Demo& demo) {
  demo.pack = pack_on(world, approved);
  if (demo.pack == nullptr) return;
  const auto* rules = demo.pack->commercial();
  demo.eligible = approved.ordinal == 1
                      ? first_eligible(world.facts(), approved)
                      : second_eligible(invoices, approved, rules->demo.second_after_invoiced);
  demo.documents_due = world.policies().calendar().next_working_day(
      policy::add_days(Date{approved.day}, rules->demo.documents_days));
}

void judge_purchase(const World& world, Demo& demo) {
  const auto* pack = pack_on(world, *demo.purchased);
  if (pack == nullptr) return;
  demo.pack = pack;
  const auto* rules = pack->commercial();
  const auto& purchased = *demo.purchased;
  demo.price_ok =
      purchased.price_fen == policy::share_bp(purchased.guide_price_fen, rules->demo.price_bp);
  if (demo.disposed == nullptr || demo.disposed->day < purchased.day) return;
  const auto kept_until = policy::add_months(Date{purchased.day}, rules->demo.keep_months);
  if (Date{demo.disposed->day} <= kept_until) {
    demo.clawback_fen = std::max<std::int64_t>(0, purchased.guide_price_fen - purchased.price_fen);
  }
}

}  // namespace

std::vector<Demo> all_demos(const World& world, const std::vector<StandingInvoice>& invoices) {
  const auto& facts = world.facts();
  std::vector<Demo> demos;
  for (std::uint32_t number = 0; number < facts.vehicles.size(); ++number) {
    const VinId vin{number};
    const auto* latest = latest_move(facts, vin, std::nullopt);
    if (latest == nullptr) continue;
    Demo demo;
    demo.vin = vin;
    demo.dealer = latest->dealer;
    for (const auto kind :
         {Kind::applied, Kind::approved, Kind::purchased, Kind::documents_sent, Kind::disposed}) {
      if (latest_move(facts, vin, kind) != nullptr) demo.state = kind;
    }
    demo.purchased = latest_move(facts, vin, Kind::purchased);
    demo.disposed = latest_move(facts, vin, Kind::disposed);
    if (const auto* sent = latest_move(facts, vin, Kind::documents_sent))
      demo.documents = Date{sent->day};
    if (const auto* approved = latest_move(facts, vin, Kind::approved)) {
      judge_approval(world, invoices, *approved, demo);
    }
    if (demo.purchased != nullptr) judge_purchase(world, demo);
    // Claims beyond int64 exceed any preference.
    const auto issued = world.claims().issued_on_demo(vin).value_or(demo.clawback_fen);
    demo.over_fen = std::max<std::int64_t>(0, demo.clawback_fen - issued);
    demos.push_back(demo);
  }
  return demos;
}

}  // namespace projections
