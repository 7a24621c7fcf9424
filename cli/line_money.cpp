#include "cli/line_money.h"

#include <algorithm>
#include <limits>
#include <set>

#include "projections/replay.h"

namespace cli {
namespace {

std::int64_t saturating_difference(std::int64_t most, std::int64_t least) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(most, least, &difference)) {
    return std::numeric_limits<std::int64_t>::max();
  }
  return difference;
}

}  // namespace

std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::numeric_limits<std::int64_t>::max();
  return sum;
}

ledger::Result<MoneyByLine> money_of(const projections::EventSource& source, unsigned threads) {
  const auto replay = TRY(projections::Replay::run(source, {}, threads));
  const auto& facts = replay->facts();
  MoneyByLine money;
  for (const auto& line : replay->lines()) {
    money[projections::line_name(facts, line.order, line.kind)] = {
        line.now.entitled_fen, line.claims.granted_fen, line.claims.issued_fen, line.overflow};
  }
  for (const auto& demo : replay->demos()) {
    auto& row = money[std::string(facts.vin_names[demo.vin.value]) + "/demo"];
    row.entitled_fen = demo.clawback_fen;
    row.issued_fen = saturating_difference(demo.clawback_fen, demo.over_fen);
  }
  for (const auto& fine : replay->fines()) {
    money[std::string(facts.penalty_names[fine.penalty.value]) + "/fine"].entitled_fen =
        fine.due_fen;
  }
  return money;
}

MoneySpread spread_of(const std::vector<const MoneyByLine*>& states) {
  std::set<std::string> names;
  for (const auto* state : states) {
    for (const auto& [name, unused] : *state) names.insert(name);
  }
  MoneySpread spread;
  for (const auto& name : names) {
    std::vector<LineMoney> amounts;
    amounts.reserve(states.size());
    for (const auto* state : states) {
      const auto found = state->find(name);
      amounts.push_back(found == state->end() ? LineMoney{} : found->second);
    }
    const auto& first = amounts.front();
    if (std::all_of(amounts.begin(), amounts.end(),
                    [&first](const LineMoney& amount) { return amount == first; })) {
      continue;
    }
    spread.lines.push_back(name);
    std::int64_t widest = 0;
    for (const auto part :
         {&LineMoney::entitled_fen, &LineMoney::granted_fen, &LineMoney::issued_fen}) {
      std::vector<std::int64_t> values;
      for (const auto& amount : amounts) {
        if (!amount.overflow) values.push_back(amount.*part);
      }
      if (values.empty()) continue;
      const auto [least, most] = std::minmax_element(values.begin(), values.end());
      widest = std::max(widest, saturating_difference(*most, *least));
    }
    spread.fen = saturating_sum(spread.fen, widest);
  }
  return spread;
}

}  // namespace cli
