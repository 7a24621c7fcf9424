#include "tests/naive/evaluate.h"

#include "tests/naive/models.h"

namespace naive {

History read_history(const std::vector<boost::json::object>& events) {
  History history;
  history.events = read_events(events);
  for (const auto& event : history.events) {
    if (event.type == "policy.published") {
      history.packs[event.index] = read_pack(event.text("document"));
    }
  }
  return history;
}

Models evaluate(const std::vector<boost::json::object>& events, const Cut& cut) {
  const auto history = read_history(events);
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

std::map<std::string, Models::Lines> by_name(const Models& models) {
  return {{"entitlements", models.entitlements},
          {"clawbacks", models.clawbacks},
          {"balances", models.balances},
          {"filings", models.filings},
          {"targets", models.targets},
          {"obligations", models.obligations},
          {"bills", models.bills},
          {"rebates", models.rebates},
          {"demos", models.demos}};
}

}  // namespace naive
