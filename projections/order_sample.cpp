#include "projections/order_sample.h"

#include <algorithm>

#include "ledger/base/check.h"
#include "ledger/draw.h"
#include "projections/json.h"
#include "projections/policy/money.h"
#include "projections/proposed_event.h"

namespace projections {
namespace {

using policy::Int128;

struct Candidate {
  OrderId order;
  std::int64_t granted_fen = 0;
  std::uint64_t weight = 0;
};

// What was granted on every order that stands, of all kinds.
std::vector<Int128> grants_by_order(const Facts& facts) {
  std::vector<Int128> granted(facts.orders.size());
  for (const auto& settlement : facts.settlements.all()) {
    if (stands(settlement) && settlement.step == Settlement::Kind::approved)
      granted[settlement.order.value] += settlement.amount_fen;
  }
  return granted;
}

// The orders that can be drawn, by the bytes of their ids.
std::vector<Candidate> candidates(const Replay& replay, SampleWeight weight, OrderSample& sample) {
  const auto& facts = replay.facts();
  const auto granted = grants_by_order(facts);
  std::vector<Candidate> all;
  for (std::uint32_t number = 0; number < facts.orders.size(); ++number) {
    const OrderId order{number};
    if (replay.world().standing(View{}).order(order) == nullptr) continue;
    const auto fen = policy::narrow(granted[number]);
    if (!fen) {
      sample.overflows.emplace_back(facts.order_names[number]);
    } else if (weight == SampleWeight::order) {
      all.push_back({order, *fen, 1});
    } else if (*fen > 0) {
      all.push_back({order, *fen, static_cast<std::uint64_t>(*fen)});
    }
  }
  std::sort(all.begin(), all.end(), [&](const Candidate& a, const Candidate& b) {
    return facts.order_names[a.order.value] < facts.order_names[b.order.value];
  });
  return all;
}

// The candidate that holds a position, when each takes as many places as it weighs.
std::vector<Candidate>::iterator at_position(std::vector<Candidate>& all, std::uint64_t position) {
  auto at = all.begin();
  for (; at->weight <= position; ++at) position -= at->weight;
  return at;
}

}  // namespace

ledger::Result<OrderSample> draw_orders(const Replay& replay, std::uint64_t seed,
                                        std::uint64_t count, SampleWeight weight) {
  OrderSample sample;
  auto left = candidates(replay, weight, sample);
  Int128 total = 0;
  for (const auto& candidate : left) total += candidate.weight;
  const auto fits = policy::narrow(total);
  if (!fits) {
    return ledger::Error{
        ledger::ErrorCode::invalid,
        {"the grants of all orders together do not fit into 64 bits; draw by order, "
         "not by money, or look for events with impossible amounts (tally log)",
         "全部订单的已批金额合计超出 64 位整数；请按订单而非金额抽样，"
         "或查找金额不合理的事件（tally log）"}};
  }
  auto population = static_cast<std::uint64_t>(*fits);
  const auto text = std::to_string(seed);
  for (std::uint64_t round = 0; sample.orders.size() < count && !left.empty(); ++round) {
    const auto position = ledger::draw(text, population, round);
    if (!position) continue;
    const auto drawn = at_position(left, *position);
    sample.orders.push_back({drawn->order, drawn->granted_fen, round, population, *position});
    population -= drawn->weight;
    left.erase(drawn);
  }
  return sample;
}

ModelRows print_sample(const Replay& replay, const OrderSample& sample) {
  const auto& facts = replay.facts();
  ModelRows result;
  for (const auto& drawn : sample.orders) {
    const auto* created = replay.world().standing(View{}).order(drawn.order);
    std::string row;
    JsonObject object(row);
    object.number("draw", static_cast<std::int64_t>(result.rows.size() + 1));
    object.text("order", facts.order_names[drawn.order.value]);
    object.text("dealer", facts.dealer_names[created->dealer.value]);
    object.number("granted_fen", drawn.granted_fen);
    object.number("round", static_cast<std::int64_t>(drawn.round));
    object.number("population", static_cast<std::int64_t>(drawn.population));
    object.number("position", static_cast<std::int64_t>(drawn.position));
    object.close();
    result.rows.push_back(std::move(row));
  }
  result.overflows = sample.overflows;
  return result;
}

std::string sample_event(const Replay& replay, const OrderSample& sample, std::uint64_t seed,
                         std::string_view inspection) {
  const auto as_of = replay.as_of();
  ledger::check(as_of.has_value(), "orders were drawn, so something happened");
  const auto& names = replay.facts().order_names;
  std::string orders;
  append_array(
      sample.orders,
      [&](const DrawnOrder& drawn, std::string& out) {
        append_quoted(names[drawn.order.value], out);
      },
      orders);
  ProposedEvent event;
  event.id = id_of("sample-", {inspection, std::to_string(seed), orders});
  event.source = "tally/sample";
  event.type = "inspection.sample_drawn";
  event.subject = "inspection/" + std::string(inspection);
  event.day = *as_of;
  event.role = "inspector";
  JsonObject data(event.data);
  data.text("inspection", inspection);
  data.number("seed", static_cast<std::int64_t>(seed));
  data.raw("orders", orders);
  data.close();
  return outside_form(event);
}

}  // namespace projections
