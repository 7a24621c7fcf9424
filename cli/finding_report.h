// How the findings of a verification are printed.
#pragma once

#include <optional>
#include <vector>

#include "cli/console.h"
#include "cli/field_difference.h"
#include "cli/stake.h"
#include "ledger/verify.h"

namespace cli {

// What is known of a finding beside the finding itself.
struct Background {
  std::optional<std::vector<FieldDifference>> fields;  // where a second copy has the entry
  std::optional<Dependents> dependents;
};

void print_finding(const ledger::Finding& finding, const Background& background, bool json,
                   Console& console);

}  // namespace cli
