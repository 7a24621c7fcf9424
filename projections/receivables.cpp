#include "projections/receivables.h"

#include <algorithm>
#include <tuple>

#include "projections/json.h"
#include "projections/policy/money.h"

namespace projections {
namespace {

using policy::Int128;

struct Receivable {
  std::string_view claim, kind, dealer;
  std::string line;  // empty: none
  ledger::Date since;
  Int128 open_fen = 0;
};

std::string_view bucket_of(std::int64_t age_days) {
  if (age_days <= 30) return "0-30";
  if (age_days <= 60) return "31-60";
  if (age_days <= 90) return "61-90";
  return "91+";
}

std::vector<Receivable> all_receivables(const Replay& replay) {
  const auto& facts = replay.facts();
  std::vector<Receivable> all;
  for (const auto& claim : replay.world().claims().all()) {
    const auto& issued = *claim.issued;
    Receivable entry{facts.clawback_names[issued.clawback.value],
                     "clawback",
                     facts.dealer_names[issued.dealer.value],
                     {},
                     ledger::Date{issued.day},
                     Int128{issued.amount_fen} - claim.waived_fen - claim.recovered_fen};
    entry.line = issued.order ? line_name(facts, issued.order, issued.kind)
                              : std::string(facts.vin_names[issued.vin.value]) + "/demo";
    all.push_back(std::move(entry));
  }
  for (const auto& fine : replay.fines()) {
    Receivable entry{facts.penalty_names[fine.penalty.value],
                     "fine",
                     facts.dealer_names[fine.imposed->dealer.value],
                     {},
                     ledger::Date{fine.imposed->day},
                     fine.due_fen};
    facts.penalties_paid.each(facts.penalties[fine.penalty.value].paid,
                              [&](const PenaltyPaid& paid) {
                                if (stands(paid)) entry.open_fen -= paid.amount_fen;
                              });
    all.push_back(std::move(entry));
  }
  std::sort(all.begin(), all.end(), [](const Receivable& a, const Receivable& b) {
    return std::tie(a.claim, a.kind) < std::tie(b.claim, b.kind);
  });
  return all;
}

}  // namespace

ModelRows print_receivables(const Replay& replay, std::string_view dealer) {
  ModelRows result;
  const auto as_of = replay.as_of();
  for (const auto& entry : all_receivables(replay)) {
    if (entry.open_fen == 0 || (!dealer.empty() && entry.dealer != dealer)) continue;
    const auto open_fen = policy::narrow(entry.open_fen);
    if (!open_fen || !as_of) {
      result.overflows.emplace_back(entry.claim);
      continue;
    }
    const std::int64_t age_days = as_of->days - entry.since.days;
    std::string row;
    JsonObject object(row);
    object.text("claim", entry.claim).text("kind", entry.kind).text("dealer", entry.dealer);
    if (!entry.line.empty()) object.text("line", entry.line);
    object.text("since", to_string(entry.since));
    object.number("age_days", age_days);
    object.text("bucket", bucket_of(age_days));
    object.number("receivable_fen", *open_fen);
    object.close();
    result.rows.push_back(std::move(row));
  }
  return result;
}

}  // namespace projections
