#include "tests/naive/evaluate.h"

#include "tests/naive/models.h"

namespace naive {

Models evaluate(const std::vector<boost::json::object>& events, const Cut& cut) {
  History history;
  history.events = read_events(events);
  for (const auto& event : history.events) {
    if (event.type == "policy.published") {
      history.packs[event.index] = read_pack(event.text("document"));
    }
  }
  const View view(history, cut, FindingsSeen{}, Corrections::made);
  Models models;
  models.entitlements = print_entitlements(view);
  models.clawbacks = print_clawbacks(view);
  models.balances = print_balances(view);
  models.filings = print_filings(view);
  models.targets = print_targets(view);
  models.obligations = print_obligations(view);
  models.bills = print_bills(view);
  models.rebates = print_rebates(view);
  models.demos = print_demos(view);
  return models;
}

}  // namespace naive
