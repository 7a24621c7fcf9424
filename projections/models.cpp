#include "projections/models.h"

namespace projections {

std::string_view name_of(ReadModel model) {
  constexpr std::array<std::string_view, read_models.size()> names = {
      "entitlements", "clawbacks", "balances", "filings", "targets",
      "obligations",  "bills",     "rebates",  "demos"};
  return names[static_cast<std::size_t>(model)];
}

std::optional<ReadModel> read_model_of(std::string_view name) {
  for (const auto model : read_models) {
    if (name_of(model) == name) return model;
  }
  return std::nullopt;
}

ledger::Result<ModelRows> print_model(const Replay& replay, ReadModel model) {
  switch (model) {
    case ReadModel::entitlements:
      return print_entitlements(replay);
    case ReadModel::clawbacks:
      return print_clawbacks(replay);
    case ReadModel::balances:
      return print_balances(replay);
    case ReadModel::filings:
      return print_filings(replay);
    case ReadModel::targets:
      return print_targets(replay);
    case ReadModel::obligations:
      return print_obligations(replay);
    case ReadModel::bills:
      return print_bills(replay);
    case ReadModel::rebates:
      return print_rebates(replay);
    case ReadModel::demos:
      break;
  }
  return print_demos(replay);
}

}  // namespace projections
