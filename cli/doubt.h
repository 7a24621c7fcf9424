#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "cli/finding_report.h"
#include "ledger/evidence.h"
#include "ledger/second_copy.h"

namespace cli {

// What the differences of a ledger put in doubt, as far as the rest of the log and a second
// copy can tell.
class Doubt {
 public:
  // `differing` is what a second copy has otherwise. Gives the findings that could not name
  // their event its type and subject.
  Doubt(const ledger::Evidence& evidence, std::vector<ledger::Finding>& findings,
        const std::vector<ledger::DifferingEntry>& differing, unsigned threads);

  Background about(const ledger::Finding& finding) const;

 private:
  std::map<ledger::Sequence, std::vector<FieldDifference>> fields_;
  std::optional<Stake> stake_;
};

}  // namespace cli
