#include "projections/governing.h"

#include <algorithm>
#include <map>

namespace projections {
namespace {

Model model_of(const policy::Pack& pack) {
  return pack.fleet() != nullptr ? Model::nev_fleet : Model::commercial;
}

}  // namespace

Policies::Policies(const Facts& facts) : facts_(&facts) {
  std::vector<std::pair<std::uint32_t, Notice>> notices;
  for (std::uint32_t number = 0; number < facts.policies.size(); ++number) {
    const auto& policy = facts.policies[number];
    if (policy.published != no_fact) published_.push_back(PolicyId{number});
    facts.notices.each(policy.notices, [&](const NoticeDelivered& delivered) {
      notices.push_back({delivered.dealer.value, {PolicyId{number}, &delivered}});
    });
  }
  notices_.fill(facts.dealers.size(), notices);
  std::map<int, const CalendarPublished*> standing;
  facts.calendars.each(facts.calendar_chain, [&](const CalendarPublished& calendar) {
    if (calendar.voided) return;
    auto& latest = standing[calendar.year];
    if (latest == nullptr || earlier(*latest, calendar)) latest = &calendar;
  });
  for (const auto& [year, calendar] : standing) {
    calendar_.add_year(year, calendar->holidays, calendar->workdays);
  }
}

const policy::Pack* Policies::governing(Model model, PolicyId named, ledger::Date date,
                                        DealerId dealer, const View& view) const {
  PolicyId chosen = named;
  if (!chosen) {
    for (const auto policy : published_) {
      if (!covers(policy, model, date)) continue;
      if (chosen) return nullptr;
      chosen = policy;
    }
    if (!chosen) return nullptr;
  }
  const policy::Pack* best = nullptr;
  facts_->packs_published.each(facts_->policies[chosen.value].published,
                               [&](const PackPublished& published) {
                                 const auto& pack = *facts_->packs[published.pack];
                                 if (model_of(pack) != model || !pack.covers(date)) return;
                                 if (best != nullptr && best->version > pack.version) return;
                                 if (noticed(chosen, pack.version, dealer, date, view))
                                   best = &pack;
                               });
  return best;
}

bool Policies::covers(PolicyId policy, Model model, ledger::Date date) const {
  const auto* found = facts_->packs_published.latest(
      facts_->policies[policy.value].published, [&](const PackPublished& published) {
        const auto& pack = *facts_->packs[published.pack];
        return model_of(pack) == model && pack.covers(date);
      });
  return found != nullptr;
}

bool Policies::noticed(PolicyId policy, int version, DealerId dealer, ledger::Date date,
                       const View& view) const {
  if (version == 1) return true;
  if (!dealer) return false;
  const auto notices = notices_[dealer.value];
  return std::any_of(notices.begin(), notices.end(), [&](const Notice& notice) {
    const auto& delivered = *notice.delivered;
    return notice.policy == policy && delivered.version == version && view.sees(delivered) &&
           delivered.day <= date.days;
  });
}

}  // namespace projections
