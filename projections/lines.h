// All lines of a cut, with what was granted, what is over and why (policy.md 4).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "projections/evaluation.h"

namespace projections {

// An over, split by what caused it. The parts add up to it.
struct Causes {
  std::int64_t direct_fen = 0;      // findings on this order
  std::int64_t cascade_fen = 0;     // findings on other orders
  std::int64_t correction_fen = 0;  // voided events and returns
  std::int64_t ineligible_fen = 0;  // due to nobody's later act: never earned
};

struct Line {
  OrderId order;
  schema::LineKind kind{};
  Claims claims;
  Evaluation now;
  std::int64_t over_fen = 0;     // to claw back
  std::int64_t payable_fen = 0;  // still owed to the dealer
  Causes causes;
  std::vector<FindingId> findings;  // behind direct and cascade, sorted by name
  bool overflow = false;            // no amount of this line can be used
};

// `O1/standard`.
std::string line_name(const Facts& facts, OrderId order, schema::LineKind kind);
std::string_view kind_name(schema::LineKind kind);

// The keys of an order and of who it is of, as far as they are known: a JSON object.
std::string keys_of_line(const World& world, const Line& line);

// Evaluates one line with its claims and, when something is over, its causes.
Line evaluate_line(const World& world, OrderId order, schema::LineKind kind);

// Every line that exists, sorted by name. `threads` ≥ 1 share the work; the result does
// not depend on their number.
std::vector<Line> all_lines(const World& world, unsigned threads);

}  // namespace projections
