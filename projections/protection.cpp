#include "projections/protection.h"

#include <algorithm>

namespace projections {
namespace {

using ledger::Date;
using Kind = FilingMoved::Kind;

// The progress day of the month that `date` lies in, or the month's last day.
Date progress_day_in_month(Date date, int day) {
  const auto [year, month, ignored] = ledger::civil(date);
  const Date first = *ledger::date_of({year, month, 1});
  const Date last = policy::add_days(policy::add_months(first, 1), -1);
  return std::min(policy::add_days(first, day - 1), last);
}

// The business dates on which progress was recorded, in order.
std::vector<Date> report_dates(const Facts& facts, const Filing& filing) {
  std::vector<Date> dates;
  facts.filing_moves.each(filing.moves, [&](const FilingMoved& move) {
    if (!move.voided && move.kind == Kind::progress)
      dates.push_back(ledger::business_date(move.recorded.ns));
  });
  std::sort(dates.begin(), dates.end());
  return dates;
}

void add_progress_days(const World& world, const Filing& filing, int day, Protection& protection) {
  const auto reports = report_dates(world.facts(), filing);
  const Date confirmed{protection.confirmed->day};
  // A report recorded on the confirmation date counts for the first day (G4).
  Date after = policy::add_days(confirmed, -1);
  for (Date month = confirmed;; month = policy::add_months(progress_day_in_month(month, 1), 1)) {
    const Date nominal = progress_day_in_month(month, day);
    if (protection.until < nominal) return;
    if (nominal <= confirmed) continue;
    if (protection.ended != nullptr && protection.ended->day <= nominal.days) return;
    ProgressDay due{world.policies().calendar().next_working_day(nominal), std::nullopt,
                    protection.confirmed->index};
    const auto report = std::upper_bound(reports.begin(), reports.end(), after);
    if (report != reports.end()) due.done = *report;
    protection.progress.push_back(due);
    after = due.due;
  }
}

}  // namespace

DealerId holder_of(const Facts& facts, const Filing& filing, const FilingSubmitted& submitted,
                   std::optional<std::int64_t> ns) {
  const auto* reassigned = facts.filing_moves.latest(filing.moves, [&](const FilingMoved& move) {
    return !move.voided && move.kind == Kind::reassigned && (!ns || move.ns <= *ns);
  });
  return reassigned != nullptr ? reassigned->to_dealer : submitted.dealer;
}

bool known_confirmed(const Facts& facts, const Filing& filing, std::int64_t ns) {
  const auto* standing = facts.filing_moves.latest(filing.moves, [&](const FilingMoved& move) {
    return stands(move) && move.ns <= ns && move.recorded.ns <= ns &&
           (move.kind == Kind::confirmed || move.kind == Kind::released ||
            move.kind == Kind::rejected);
  });
  return standing != nullptr && standing->kind == Kind::confirmed;
}

std::optional<Protection> protection_of(const World& world, const Filing& filing,
                                        const FilingSubmitted& submitted) {
  const auto& facts = world.facts();
  Protection protection;
  protection.confirmed = facts.filing_moves.latest(filing.moves, [](const FilingMoved& move) {
    return !move.voided && move.kind == Kind::confirmed;
  });
  if (protection.confirmed == nullptr) return std::nullopt;
  const Date confirmed{protection.confirmed->day};
  const auto* pack =
      world.policies().governing(Model::nev_fleet, submitted.policy, confirmed, submitted.dealer);
  if (pack == nullptr) return std::nullopt;
  const auto& rules = pack->fleet()->filing;
  protection.until = world.policies().calendar().next_working_day(
      policy::add_months(confirmed, rules.protection_months));
  protection.ended = facts.filing_moves.earliest(filing.moves, [&](const FilingMoved& move) {
    return !move.voided && (move.kind == Kind::released || move.kind == Kind::rejected) &&
           earlier(*protection.confirmed, move);
  });
  add_progress_days(world, filing, rules.progress_day, protection);
  return protection;
}

}  // namespace projections
