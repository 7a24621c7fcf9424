#include "projections/amounts.h"

#include <algorithm>

#include "projections/json.h"

namespace projections {
namespace {

bool contains(const std::vector<std::string>& sorted, const std::string& name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

void note(const LineAmount* before, const LineAmount* after, std::vector<ChangedLine>& changes) {
  const auto entitled = [](const LineAmount* amount) {
    return amount == nullptr ? 0 : amount->entitled_fen.value_or(0);
  };
  const auto over = [](const LineAmount* amount) {
    return amount == nullptr ? 0 : amount->over_fen;
  };
  if (entitled(before) == entitled(after) && over(before) == over(after)) return;
  const auto& known = before != nullptr ? *before : *after;
  ChangedLine change;
  change.line = known.line;
  change.dealer = known.dealer;
  change.customer = known.customer;
  if (change.dealer.empty() && after != nullptr) {
    change.dealer = after->dealer;
    change.customer = after->customer;
  }
  if (known.entitled_fen) {
    change.before_fen = entitled(before);
    change.after_fen = entitled(after);
  }
  change.over_before_fen = over(before);
  change.over_after_fen = over(after);
  changes.push_back(std::move(change));
}

}  // namespace

Amounts amounts_of(const Replay& replay) {
  const auto& facts = replay.facts();
  Amounts amounts;
  amounts.lines.reserve(replay.lines().size() + replay.demos().size());
  for (const auto& line : replay.lines()) {
    auto name = line_name(facts, line.order, line.kind);
    if (line.overflow) {
      amounts.overflows.push_back(std::move(name));
      continue;
    }
    auto& amount = amounts.lines.emplace_back();
    amount.line = std::move(name);
    amount.entitled_fen = line.now.entitled_fen;
    amount.over_fen = line.over_fen;
    if (const auto* created = line.now.created; created != nullptr) {
      amount.dealer = facts.dealer_names[created->dealer.value];
      amount.customer = facts.customer_names[created->customer.value];
    }
  }
  for (const auto& demo : replay.demos()) {
    amounts.lines.push_back({std::string(facts.vin_names[demo.vin.value]) + "/demo",
                             std::string(facts.dealer_names[demo.dealer.value]),
                             {},
                             std::nullopt,
                             demo.over_fen});
  }
  std::sort(amounts.lines.begin(), amounts.lines.end(),
            [](const LineAmount& a, const LineAmount& b) { return a.line < b.line; });
  std::sort(amounts.overflows.begin(), amounts.overflows.end());
  return amounts;
}

std::vector<ChangedLine> changed_lines(const Amounts& before, const Amounts& after) {
  const auto overflows = overflows_of(before, after);
  std::vector<ChangedLine> changes;
  auto a = before.lines.begin();
  auto b = after.lines.begin();
  while (a != before.lines.end() || b != after.lines.end()) {
    const bool has_a = a != before.lines.end() && (b == after.lines.end() || a->line <= b->line);
    const bool has_b = b != after.lines.end() && (a == before.lines.end() || b->line <= a->line);
    const auto& name = has_a ? a->line : b->line;
    if (!contains(overflows, name)) {
      note(has_a ? &*a : nullptr, has_b ? &*b : nullptr, changes);
    }
    if (has_a) ++a;
    if (has_b) ++b;
  }
  return changes;
}

std::vector<std::string> overflows_of(const Amounts& before, const Amounts& after) {
  std::vector<std::string> all;
  std::set_union(before.overflows.begin(), before.overflows.end(), after.overflows.begin(),
                 after.overflows.end(), std::back_inserter(all));
  return all;
}

void append_changed(const ChangedLine& changed, std::string& out) {
  JsonObject object(out);
  object.text("line", changed.line);
  if (!changed.dealer.empty()) object.text("dealer", changed.dealer);
  if (changed.before_fen && changed.after_fen) {
    object.number("before_fen", *changed.before_fen);
    object.number("after_fen", *changed.after_fen);
    object.number("difference_fen", changed.difference_fen());
  }
  object.number("over_before_fen", changed.over_before_fen);
  object.number("over_after_fen", changed.over_after_fen);
  object.number("over_difference_fen", changed.over_difference_fen());
  object.close();
}

}  // namespace projections
