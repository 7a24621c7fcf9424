// A line: one order and one kind, what it is worth and why (policy.md 4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/naive/conditions.h"

namespace naive {

// What was paid and claimed back on a line: facts that no rule changes.
struct Amounts {
  std::int64_t granted_fen{}, issued_fen{}, waived_fen{};
};

struct Line {
  std::string order_id, kind;
  Amounts amounts;
  std::optional<Order> order;  // nothing: an unknown order
  const Pack* pack{};          // null: `no_policy`
  std::string party;           // the least customer of it
  std::int64_t genuine{};
  std::optional<std::int64_t> complete, prior, own, basis, tier, rate_fen;
  std::int64_t entitled_fen{}, pending_fen{};
  bool fallback{};
  std::string clause;
  std::vector<Unmet> unmet;

  std::string name() const { return order_id + '/' + kind; }

  std::int64_t over_fen() const;
  std::int64_t payable_fen() const;
};

// The line as this view has it, with amounts taken from elsewhere.
Line evaluate_line(const View& view, const std::string& order, const std::string& kind,
                   const Amounts& amounts);

// All lines of the view, by name.
std::vector<Line> all_lines(const View& view);

// `part` × `bp` / 10,000, half away from zero.
std::int64_t share(std::int64_t amount, std::int64_t bp);

}  // namespace naive
