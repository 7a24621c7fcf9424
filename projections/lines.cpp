#include "projections/lines.h"

#include <algorithm>
#include <array>

#include "ledger/base/in_parallel.h"
#include "projections/clawback.h"
#include "projections/json.h"

namespace projections {
namespace {

using schema::LineKind;

constexpr std::array<std::string_view, 6> kind_names = {
    "standard", "special", "recognised", "delivery_fee", "reward", "floating_rebate"};

struct LineRef {
  OrderId order;
  LineKind kind{};
};

// The kinds of line that an order has.
std::array<bool, 6> kinds_of(const World& world, OrderId order) {
  const auto& facts = world.facts();
  const auto& chains = facts.orders[order.value];
  const View view;
  std::array<bool, 6> exists{};
  const auto note = [&](auto kind) { exists[static_cast<std::size_t>(kind)] = true; };
  facts.support_requested.each(chains.requested, [&](const SupportRequested& fact) {
    if (view.sees(fact)) note(fact.kind);
  });
  facts.support_decided.each(chains.decided, [&](const SupportDecided& fact) {
    if (view.sees(fact)) note(fact.kind);
  });
  facts.rewards.each(chains.rewards, [&](const RewardDecided& fact) {
    if (view.sees(fact)) note(LineKind::reward);
  });
  for (FactRef at = chains.settlements; at != no_fact;) {
    const auto& settlement = facts.settlements[at];
    if (view.sees(settlement) && settlement.step != Settlement::Kind::refused)
      note(settlement.kind);
    at = settlement.previous_of_order;
  }
  const auto* created = world.standing(view).order(order);
  if (created != nullptr && created->channel == schema::Channel::hq_direct)
    note(LineKind::delivery_fee);
  return exists;
}

std::vector<LineRef> existing_lines(const World& world) {
  const auto& facts = world.facts();
  std::vector<LineRef> lines;
  for (std::uint32_t number = 0; number < facts.orders.size(); ++number) {
    const auto exists = kinds_of(world, OrderId{number});
    for (std::size_t kind = 0; kind < exists.size(); ++kind) {
      if (exists[kind]) lines.push_back({OrderId{number}, static_cast<LineKind>(kind)});
    }
  }
  // By the bytes of `<order>/<kind>`: an order's id may itself hold bytes below '/'.
  std::vector<std::pair<std::string, LineRef>> named;
  named.reserve(lines.size());
  for (const auto& line : lines) named.emplace_back(line_name(facts, line.order, line.kind), line);
  std::sort(named.begin(), named.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::transform(named.begin(), named.end(), lines.begin(),
                 [](const auto& entry) { return entry.second; });
  return lines;
}

}  // namespace

std::string_view kind_name(LineKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::string line_name(const Facts& facts, OrderId order, LineKind kind) {
  std::string name(facts.order_names[order.value]);
  return name.append(1, '/').append(kind_name(kind));
}

std::string keys_of_line(const World& world, const Line& line) {
  const auto& facts = world.facts();
  std::string keys;
  JsonObject object(keys);
  object.text("order", facts.order_names[line.order.value]);
  if (const auto* created = world.standing(View{}).order(line.order)) {
    object.text("dealer", facts.dealer_names[created->dealer.value]);
    object.text("customer", facts.customer_names[created->customer.value]);
  }
  object.close();
  return keys;
}

std::vector<Line> all_lines(const World& world, unsigned threads) {
  const auto refs = existing_lines(world);
  std::vector<Line> lines(refs.size());
  constexpr std::size_t run = 256;  // lines taken at a time
  ledger::in_parallel(threads, (refs.size() + run - 1) / run, [&](std::size_t taken) {
    const auto to = std::min((taken + 1) * run, refs.size());
    for (auto at = taken * run; at < to; ++at) {
      lines[at] = evaluate_line(world, refs[at].order, refs[at].kind);
    }
  });
  return lines;
}

}  // namespace projections
