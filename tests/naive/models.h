// The read models as lines of JSON, one function each (cli.md).
#pragma once

#include "tests/naive/evaluate.h"
#include "tests/naive/view.h"

namespace naive {

Models::Lines print_entitlements(const View& view);
Models::Lines print_clawbacks(const View& view);
Models::Lines print_balances(const View& view);
Models::Lines print_filings(const View& view);
Models::Lines print_targets(const View& view);
Models::Lines print_obligations(const View& view);
Models::Lines print_bills(const View& view);
Models::Lines print_rebates(const View& view);
Models::Lines print_demos(const View& view);

}  // namespace naive
