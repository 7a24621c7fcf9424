#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "projections/policy/pack.h"

namespace projections {

// Packs by their documents, each parsed once for all replays that share the shelf. Safe from
// any thread.
class PackShelf {
 public:
  // Fails as parsing does, each time anew.
  ledger::Result<std::shared_ptr<const policy::Pack>> pack(std::string_view document);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const policy::Pack>, std::less<>> packs_;
};

}  // namespace projections
