// Asks for signatures where a policy pack or the ledger's config does, and for different
// signers of what four eyes must see.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/log.h"
#include "ledger/signature_rules.h"
#include "projections/author_gate.h"
#include "projections/policy/pack.h"

namespace projections {

// Remembers the packs that were published. For one log; one call at a time, in log order.
class SignatureGate {
 public:
  // Of every policy, the latest version published before the event whose range holds its
  // business date asks; the config asks always. Fails with `invalid`.
  ledger::Status admit(const ledger::Entry& event, const ledger::Pending& before,
                       AuthorGate& authors);
  // The event, which may enter, publishes this pack.
  void note(const ledger::Entry& event, const policy::Pack& pack);
  // Events from there on were taken back.
  void forget_from(ledger::Sequence index);

 private:
  struct Published {
    ledger::Sequence index;
    std::string policy;
    std::int32_t version;
    ledger::Date from, to;  // both included
    ledger::SignatureRules rules;
  };

  ledger::Status catch_up(const ledger::Pending& before);
  std::vector<const Published*> in_force(ledger::Date date) const;

  std::optional<std::vector<Published>> published_;  // nothing until the log was looked at
};

}  // namespace projections
