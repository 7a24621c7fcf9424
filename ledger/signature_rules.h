// Which events need a signature, and who may not sign both of two.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ledger {

// Types by name, as in the catalogue. What these rules come from, a policy pack or the
// ledger's config, decides when they hold.
struct SignatureRules {
  std::vector<std::string> required;
  // Two events about one thing that must not have the same signer: four eyes. Both need
  // a signature then.
  std::vector<std::pair<std::string, std::string>> distinct;

  bool empty() const { return required.empty() && distinct.empty(); }
};

}  // namespace ledger
