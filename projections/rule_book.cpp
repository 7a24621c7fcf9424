#include "projections/rule_book.h"

#include "ledger/base/check.h"
#include "ledger/rules_version.h"
#include "projections/evaluation.h"

namespace projections {

const RuleBook& rule_book() {
  static const RuleBook book = [] {
    RuleBook made({evaluate_v1});
    ledger::check(made.newest() == ledger::rules_version_now,
                  "there is an evaluator for each version of the rules");
    return made;
  }();
  return book;
}

}  // namespace projections
