#pragma once

#include <string_view>

#include "projections/models.h"

namespace projections {

// What dealers owe, claim by claim and fine by fine, by age at the as-of date: a row for each
// that is not zero, sorted by `claim`: `claim`, `kind` (`clawback`, `fine`), `dealer`, `line`
// (of a clawback), `since` (its business date), `age_days`, `bucket` (`0-30`, `31-60`, `61-90`,
// `91+`), `receivable_fen`. A fine paid beyond what is due is negative. The rows of a dealer
// add up to its `receivable_fen` of `balances`. All dealers for an empty `dealer`.
ModelRows print_receivables(const Replay& replay, std::string_view dealer);

}  // namespace projections
