// The rules by their version: what an event means is computed as the version said that it
// was written under, for ever.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "projections/names.h"
#include "schemas/event_generated.h"

namespace projections {

struct Claims;
struct Evaluation;
struct View;
class World;

// What one line is worth (evaluation.h), under one version of the rules.
using Evaluator = Evaluation (*)(const World& world, OrderId order, ledger::schema::LineKind kind,
                                 const Claims& claims, const View& view);

class RuleBook {
 public:
  // One evaluator for each version from 1 on.
  explicit RuleBook(std::vector<Evaluator> evaluators) : evaluators_(std::move(evaluators)) {}

  std::uint16_t newest() const { return static_cast<std::uint16_t>(evaluators_.size()); }

  // Requires a version from 1 to the newest.
  Evaluator evaluator(std::uint16_t version) const { return evaluators_[version - std::size_t{1}]; }

 private:
  std::vector<Evaluator> evaluators_;
};

// Of this program: as many versions as `ledger::rules_version_now` says. A new one is added
// at the end; what is there is never changed.
const RuleBook& rule_book();

}  // namespace projections
