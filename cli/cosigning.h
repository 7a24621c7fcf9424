// Asking witnesses to cosign a checkpoint (C2SP tlog-witness), from the log's side.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/http/address.h"
#include "ledger/log_proof.h"
#include "ledger/proof/note.h"
#include "ledger/proof/witness_policy.h"

namespace cli {

// What came of asking at one address.
struct Cosigning {
  enum class Outcome {
    cosigned,
    unreachable,   // no answer
    refused,       // an answer, but no cosignature by a witness of the policy
    contradicted,  // it says that it signed more than this log has, or something else
  };

  std::string url;
  Outcome outcome;
  std::string reason;                                     // in the words of the console
  std::vector<ledger::proof::Signature> signatures = {};  // verified
};

// Asks at all addresses at once for cosignatures under `head`, a checkpoint of the view. Whoever
// signed something older is sent the proof that the log continues it. Fails as making a proof does.
ledger::Result<std::vector<Cosigning>> collect_cosignatures(
    const ledger::Reader& view, const ledger::SignedTree& head,
    const ledger::proof::WitnessPolicy& policy, const std::vector<http::WebAddress>& addresses,
    Console& console);

// The addresses of the policy's witnesses that have one. Fails with `invalid` for one that is
// none.
ledger::Result<std::vector<http::WebAddress>> addresses_of(
    const ledger::proof::WitnessPolicy& policy);

}  // namespace cli
