#include "tests/naive/filing.h"

#include <algorithm>

#include "tests/naive/calendar.h"

namespace naive {
namespace {

std::string state_of(const View& view, const std::string& filing) {
  std::string state = "submitted";
  for (const auto* event : all(view,
                               {"filing.region_reviewed", "filing.confirmed", "filing.rejected",
                                "filing.released", "filing.reassigned"},
                               {{"filing", filing}})) {
    if (event->type != "filing.region_reviewed") {
      state = event->type.substr(std::string_view("filing.").size());
    } else if (state == "submitted") {
      state = event->text("decision") == "approved" ? "region_approved" : "rejected";
    }
  }
  return state;
}

// The first release or rejection after the latest confirmation, which ended it; or null.
const Event* end_of_protection(const View& view, const std::string& filing,
                               const Event& confirmation) {
  for (const auto* event :
       all(view, {"filing.released", "filing.rejected"}, {{"filing", filing}})) {
    if (earlier(confirmation, *event)) return event;
  }
  return nullptr;
}

ledger::Date progress_day_of(int year, int month, std::int64_t day) {
  const auto date = ledger::date_of({year, month, static_cast<int>(day)});
  return date ? *date : last_day_of_month(year, month);
}

// The days after `from` and up to `to`, not yet moved to working days.
std::vector<ledger::Date> progress_days(ledger::Date from, ledger::Date to, std::int64_t day) {
  std::vector<ledger::Date> days;
  const auto start = ledger::civil(from);
  for (auto month = day_of(start.year, start.month, 1); month <= to; month = add_months(month, 1)) {
    const auto civil = ledger::civil(month);
    const auto date = progress_day_of(civil.year, civil.month, day);
    if (from < date && date <= to) days.push_back(date);
  }
  return days;
}

std::vector<ProgressDay> progress_of(const View& view, const Filing& filing, const Event* end,
                                     std::int64_t day) {
  std::vector<ProgressDay> result;
  // The first interval starts on the confirmation date, the others after the due date.
  auto interval_start = *filing.confirmed;
  for (const auto date : progress_days(*filing.confirmed, *filing.protected_until, day)) {
    if (end != nullptr && date >= end->date) continue;
    ProgressDay progress;
    progress.due = to_working_day(view, date);
    for (const auto* report : all(view, "filing.progress_reported", {{"filing", filing.id}})) {
      const auto recorded = report->recorded_date;
      if (recorded < interval_start) continue;
      if (recorded <= progress.due) progress.reported_in_time = true;
      if (!progress.done || recorded < *progress.done) progress.done = recorded;
    }
    interval_start = add_days(progress.due, 1);
    result.push_back(progress);
  }
  return result;
}

std::vector<std::string> conflicts_of(const View& view, const Filing& filing,
                                      const Event& confirmation, const Event* end) {
  std::vector<std::string> conflicts;
  for (const auto& order : all_orders(view)) {
    const auto& created = *order.created;
    if (order.channel != "dealer" || order.customer != filing.customer) continue;
    if (created.time.ns < confirmation.time.ns) continue;
    if (created.date > *filing.protected_until) continue;
    if (end != nullptr && !earlier(created, *end)) continue;
    const auto* reassigned =
        last(up_to_time(all(view, "filing.reassigned", {{"filing", filing.id}}), created));
    const auto holder = reassigned != nullptr ? reassigned->text("to_dealer") : filing.submitter;
    if (order.dealer != holder) conflicts.push_back(order.id);
  }
  std::sort(conflicts.begin(), conflicts.end());
  return conflicts;
}

void protect(const View& view, Filing& filing, const Event& confirmation,
             const std::optional<std::string>& policy) {
  filing.confirmed = confirmation.date;
  const auto* pack = governing(view, policy, "nev-fleet", confirmation.date, filing.submitter);
  if (pack == nullptr) return;
  filing.protected_until =
      to_working_day(view, add_months(confirmation.date, pack->protection_months));
  const auto* end = end_of_protection(view, filing.id, confirmation);
  filing.progress = progress_of(view, filing, end, pack->progress_day);
  filing.conflicts = conflicts_of(view, filing, confirmation, end);
  if (filing.state == "confirmed" && *view.as_of > *filing.protected_until) {
    filing.state = "expired";
  }
}

Filing read_filing(const View& view, const Event& submission) {
  Filing filing;
  filing.id = submission.text("filing");
  filing.customer = submission.text("customer");
  filing.submitter = submission.text("dealer");
  const auto* reassigned = last(all(view, "filing.reassigned", {{"filing", filing.id}}));
  filing.holder = reassigned != nullptr ? reassigned->text("to_dealer") : filing.submitter;
  filing.state = state_of(view, filing.id);
  std::optional<std::string> policy;
  if (submission.has("policy")) policy = submission.text("policy");
  const auto* confirmation = last(all(view, "filing.confirmed", {{"filing", filing.id}}));
  if (confirmation != nullptr) protect(view, filing, *confirmation, policy);
  return filing;
}

}  // namespace

std::vector<Filing> all_filings(const View& view) {
  std::vector<Filing> filings;
  for (const auto* submission : standing(view, "filing.submitted", {"filing"})) {
    filings.push_back(read_filing(view, *submission));
  }
  std::sort(filings.begin(), filings.end(),
            [](const Filing& a, const Filing& b) { return a.id < b.id; });
  return filings;
}

}  // namespace naive
