// Witness policies that a call names by their files.
#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "ledger/proof/witness_policy.h"

namespace cli {

// `--policy FILE`: which logs and witnesses to trust.
Option policy_option();

// The policy in the file that `option` names, if it is given. Fails with `not_found` or `invalid`.
ledger::Result<std::optional<ledger::proof::WitnessPolicy>> policy_of(const Arguments& arguments,
                                                                      std::string_view option,
                                                                      Console& console);

}  // namespace cli
