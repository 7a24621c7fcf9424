#include "projections/pack_shelf.h"

namespace projections {

ledger::Result<std::shared_ptr<const policy::Pack>> PackShelf::pack(std::string_view document) {
  const std::lock_guard lock(mutex_);
  if (const auto found = packs_.find(document); found != packs_.end()) return found->second;
  auto parsed = std::make_shared<const policy::Pack>(TRY(policy::parse_pack(document)));
  packs_.emplace(document, parsed);
  return parsed;
}

}  // namespace projections
