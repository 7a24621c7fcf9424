#include "projections/late_records.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "ledger/codec.h"
#include "projections/clocks.h"
#include "projections/counting.h"
#include "projections/json.h"
#include "projections/known_events.h"
#include "projections/protection.h"

namespace projections {
namespace {

using P = schema::Payload;

constexpr std::int64_t day_ns = 86'400'000'000'000;

// What a late record decided, the gravest first.
enum class Why : std::uint8_t { confirmed_after_order, spec_after_order, tier_crossing, nothing };

struct Decided {
  Why why = Why::nothing;
  std::set<std::string_view> orders;
};

class LateRecords {
 public:
  LateRecords(const Replay& replay, std::int64_t threshold_ns)
      : facts_(replay.facts()),
        standing_(replay.world().standing(View{})),
        threshold_ns_(threshold_ns) {
    for (std::uint32_t number = 0; number < facts_.orders.size(); ++number) {
      if (const auto* created = standing_.order(OrderId{number})) note_filing(*created);
    }
    for (const auto& line : replay.lines()) note_tier(line);
  }

  bool is_late(std::int64_t time_ns, std::int64_t recorded_ns) const {
    return recorded_ns - time_ns > threshold_ns_;
  }

  const Decided& decided_by(const ledger::Entry& entry) {
    auto& decided = decided_[static_cast<std::uint32_t>(entry.index.value)];
    if (entry.type() == P::OrderSpecApproved) note_spec(entry, decided);
    return decided;
  }

 private:
  void note(std::uint32_t index, Why why, OrderId order) {
    auto& decided = decided_[index];
    decided.why = std::min(decided.why, why);
    decided.orders.insert(facts_.order_names[order.value]);
  }

  void note_filing(const OrderCreated& order) {
    if (!order.filing) return;
    const auto& filing = facts_.filings[order.filing.value];
    if (known_confirmed(facts_, filing, order.ns)) return;
    facts_.filing_moves.each(filing.moves, [&](const FilingMoved& move) {
      if (stands(move) && move.kind == FilingMoved::Kind::confirmed && move.ns <= order.ns &&
          order.ns < move.recorded.ns)
        note(move.index, Why::confirmed_after_order, order.order);
    });
  }

  void note_spec(const ledger::Entry& entry, Decided& decided) const {
    const auto number =
        facts_.order_names.find(entry.payload<schema::OrderSpecApproved>().order()->string_view());
    if (number == Names::none) return;
    const auto* created = standing_.order(OrderId{number});
    if (created == nullptr || !created->special_spec) return;
    if (entry.event->time()->ns() >= created->ns || recorded_ns(entry) < created->ns) return;
    decided.why = Why::spec_after_order;
    decided.orders.insert(facts_.order_names[number]);
  }

  void note_tier(const Line& line) {
    const auto* rules = line.now.rules();
    const bool tiered = line.kind == schema::LineKind::standard || line.now.fallback;
    if (rules == nullptr || line.now.created == nullptr || !tiered) return;
    const auto& order = *line.now.created;
    std::vector<const Movement*> late;
    for (const auto& part : line.now.accumulated.prior) {
      for (const auto& held : standing_.held(part.order)) {
        const auto& delivery = *held.delivery;
        const bool counted = is_genuine(held, part.order, View{}) && delivery.day <= order.day &&
                             delivery.day >= line.now.accumulated.window_from.days;
        const bool unknown_then = ledger::business_date(delivery.recorded.ns).days > order.day;
        if (counted && unknown_then && is_late(delivery.ns, delivery.recorded.ns))
          late.push_back(&delivery);
      }
    }
    const auto known_prior =
        line.now.accumulated.prior_count - static_cast<std::int64_t>(late.size());
    const auto known_basis = std::max(known_prior, line.now.accumulated.own_count);
    const auto& tiers = rules->standard.tiers;
    if (policy::tier_for(tiers, line.now.basis()) == policy::tier_for(tiers, known_basis)) return;
    for (const auto* delivery : late) note(delivery->index, Why::tier_crossing, line.order);
  }

  const Facts& facts_;
  const Standing& standing_;
  std::int64_t threshold_ns_;
  std::map<std::uint32_t, Decided> decided_;  // by log index
};

struct Row {
  Why why{};
  std::int64_t late_ns = 0;
  std::uint32_t index = 0;
  std::string facts;  // the keys after `index`
};

std::string facts_of(const ledger::Entry& entry, const Decided& decided, std::int64_t late_ns) {
  constexpr std::array<std::string_view, 3> names = {"confirmed_after_order", "spec_after_order",
                                                     "tier_crossing"};
  const auto& event = *entry.event;
  std::string text;
  JsonObject object(text);
  object.text("type", ledger::type_name(entry.type()));
  object.text("subject", event.subject()->string_view());
  object.text("time", as_given(*event.time()));
  if (event.recorded() != nullptr) {
    object.text("recordedtime", as_given(*event.recorded()));
  } else {
    object.text("appendedtime", ledger::to_string_utc(event.appended_ns()));
  }
  object.number("late_days", late_ns / day_ns);
  if (decided.why != Why::nothing) {
    object.text("why", names[static_cast<std::size_t>(decided.why)]);
    object.array("orders", decided.orders,
                 [](std::string_view order, std::string& out) { append_quoted(order, out); });
  }
  object.text("source", event.source()->string_view());
  object.text("id", event.id()->string_view());
  object.close();
  return text;
}

std::string ranked(const Row& row, std::size_t rank) {
  std::string text;
  JsonObject object(text);
  object.number("rank", static_cast<std::int64_t>(rank));
  object.number("index", row.index);
  text += ',';
  return text.append(row.facts, 1);
}

}  // namespace

ledger::Result<ModelRows> print_late_records(const Replay& replay, const Cut& cut,
                                             std::int64_t threshold_days) {
  const auto known = TRY(KnownEvents::of(replay.source(), cut));
  LateRecords late(replay, threshold_days * day_ns);
  std::vector<Row> rows;
  TRY(replay.source().scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    const auto late_ns = recorded_ns(entry) - entry.event->time()->ns();
    if (!known.hold(entry) || late_ns <= threshold_days * day_ns) return ledger::Ok{};
    const auto& decided = late.decided_by(entry);
    rows.push_back({decided.why, late_ns, static_cast<std::uint32_t>(entry.index.value),
                    facts_of(entry, decided, late_ns)});
    return ledger::Ok{};
  }));
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(a.why, -a.late_ns, a.index) < std::tuple(b.why, -b.late_ns, b.index);
  });
  ModelRows result;
  result.rows.reserve(rows.size());
  for (const auto& row : rows) result.rows.push_back(ranked(row, result.rows.size() + 1));
  return result;
}

}  // namespace projections
