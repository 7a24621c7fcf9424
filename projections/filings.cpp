#include <algorithm>

#include "projections/json.h"
#include "projections/models.h"
#include "projections/protection.h"

namespace projections {
namespace {

using ledger::Date;
using Kind = FilingMoved::Kind;

// The state that the moves leave, expiry apart.
std::string_view state_of(const Facts& facts, const Filing& filing) {
  std::vector<const FilingMoved*> moves;
  facts.filing_moves.each(filing.moves, [&](const FilingMoved& move) {
    if (stands(move)) moves.push_back(&move);
  });
  std::sort(moves.begin(), moves.end(),
            [](const auto* a, const auto* b) { return earlier(*a, *b); });
  std::string_view state = "submitted";
  for (const auto* move : moves) {
    switch (move->kind) {
      case Kind::approved:
        if (state == "submitted") state = "region_approved";
        break;
      case Kind::disapproved:
        if (state == "submitted") state = "rejected";
        break;
      case Kind::confirmed:
        state = "confirmed";
        break;
      case Kind::rejected:
        state = "rejected";
        break;
      case Kind::released:
        state = "released";
        break;
      case Kind::reassigned:
        state = "reassigned";
        break;
      case Kind::progress:
        break;
    }
  }
  return state;
}

// Orders of other dealers for the protected customer while the protection ran (N6.2).
std::vector<std::string_view> conflicts_of(const World& world, const Filing& filing,
                                           const FilingSubmitted& submitted,
                                           const Protection& protection) {
  const auto& facts = world.facts();
  const auto& standing = world.standing(View{});
  std::vector<std::string_view> orders;
  for (const auto order : standing.dealer_channel_orders(submitted.customer)) {
    const auto& created = *standing.order(order);
    const bool while_protected =
        created.ns >= protection.confirmed->ns && Date{created.day} <= protection.until &&
        (protection.ended == nullptr || earlier(created, *protection.ended));
    if (while_protected && created.dealer != holder_of(facts, filing, submitted, created.ns)) {
      orders.push_back(facts.order_names[order.value]);
    }
  }
  std::sort(orders.begin(), orders.end());
  return orders;
}

struct Row {
  std::string_view name;
  std::string json;
  std::optional<Date> valid_until = {};
  auto operator<=>(const Row&) const = default;
};

Row row_of(const Replay& replay, std::string_view name, const Filing& filing,
           const FilingSubmitted& submitted) {
  const auto& facts = replay.facts();
  const auto as_of = replay.as_of();
  const auto protection = protection_of(replay.world(), filing, submitted);
  const auto* confirmed = facts.filing_moves.latest(filing.moves, [](const FilingMoved& move) {
    return stands(move) && move.kind == Kind::confirmed;
  });
  auto state = state_of(facts, filing);
  Row row{name, {}};
  // Whether that day has gone by, which it may yet.
  const auto is_past = [&](Date day) {
    const bool past = as_of && day < *as_of;
    if (!past && (!row.valid_until || day < *row.valid_until)) row.valid_until = day;
    return past;
  };
  if (state == "confirmed" && protection && is_past(protection->until)) state = "expired";

  JsonObject object(row.json);
  object.text("filing", name);
  object.text("dealer",
              facts.dealer_names[holder_of(facts, filing, submitted, std::nullopt).value]);
  object.text("customer", facts.customer_names[submitted.customer.value]);
  object.text("state", state);
  if (confirmed != nullptr) object.text("confirmed", to_string(Date{confirmed->day}));
  std::vector<std::string> missed;
  std::vector<std::string_view> conflicts;
  if (protection) {
    object.text("protected_until", to_string(protection->until));
    for (const auto& day : protection->progress) {
      if (!day.met() && is_past(day.due)) missed.push_back(to_string(day.due));
    }
    conflicts = conflicts_of(replay.world(), filing, submitted, *protection);
  }
  const auto quoted = [](std::string_view text, std::string& out) { append_quoted(text, out); };
  object.array("missed_progress", missed, quoted);
  object.array("conflicts", conflicts, quoted);
  object.close();
  return row;
}

}  // namespace

ledger::Result<ModelRows> print_filings(const Replay& replay) {
  const auto& facts = replay.facts();
  std::vector<Row> rows;
  for (std::uint32_t number = 0; number < facts.filings.size(); ++number) {
    const auto& filing = facts.filings[number];
    const auto* submitted = facts.submitted.latest(filing.submitted, stands);
    if (submitted == nullptr) continue;
    rows.push_back(row_of(replay, facts.filing_names[number], filing, *submitted));
  }
  std::sort(rows.begin(), rows.end());
  ModelRows result;
  for (auto& row : rows) {
    result.rows.push_back(std::move(row.json));
    result.valid_until.push_back(row.valid_until);
  }
  return result;
}

}  // namespace projections
