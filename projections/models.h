// The read models (cli.md, "JSON of the read models"): what every command prints.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/replay.h"

namespace projections {

// In the order in which the certificate of a replay digests them.
enum class ReadModel {
  entitlements,
  clawbacks,
  balances,
  filings,
  targets,
  obligations,
  bills,
  rebates,
  demos
};
inline constexpr std::array read_models = {
    ReadModel::entitlements, ReadModel::clawbacks, ReadModel::balances,
    ReadModel::filings,      ReadModel::targets,   ReadModel::obligations,
    ReadModel::bills,        ReadModel::rebates,   ReadModel::demos};
std::string_view name_of(ReadModel model);
std::optional<ReadModel> read_model_of(std::string_view name);

// The rows of one model: JSON objects without line ends, sorted as they are printed, and
// what could not be printed because an amount does not fit into int64.
struct ModelRows {
  std::vector<std::string> rows;
  std::vector<std::string> overflows;  // names of lines, dealers, …
  // Of each of these, where a model has them: a JSON object of the keys `dealer`, `customer` and
  // `order` that its row would have had.
  std::vector<std::string> overflow_keys;
  // Of models whose rows depend on the as-of date, of each row the last such date that leaves it
  // as it is, where there is one: a later one changes it, and an earlier one may.
  std::vector<std::optional<ledger::Date>> valid_until;
};

// Prints one model of a replay. Pure: the same replay gives the same bytes. Fails with the
// errors of the replay's source when cited events cannot be read.
ledger::Result<ModelRows> print_model(const Replay& replay, ReadModel model);

// One per model, in files of their own.
ledger::Result<ModelRows> print_entitlements(const Replay& replay);
ledger::Result<ModelRows> print_clawbacks(const Replay& replay);
ledger::Result<ModelRows> print_balances(const Replay& replay);
ledger::Result<ModelRows> print_filings(const Replay& replay);
ledger::Result<ModelRows> print_targets(const Replay& replay);
ledger::Result<ModelRows> print_obligations(const Replay& replay);
ledger::Result<ModelRows> print_bills(const Replay& replay);
ledger::Result<ModelRows> print_rebates(const Replay& replay);
ledger::Result<ModelRows> print_demos(const Replay& replay);

}  // namespace projections
