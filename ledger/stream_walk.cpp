#include "ledger/stream_walk.h"

#include <optional>

namespace ledger {

Status walk_back(const Pending& before, std::string_view subject,
                 const std::function<Result<Walk>(const Entry&)>& visit) {
  auto at = before.last_of(subject);
  while (at) {
    const auto look = [&](const Entry& entry) -> Status {
      const auto previous = entry.event->previous();
      at.reset();
      if (previous >= 0) at = Sequence{static_cast<std::uint64_t>(previous)};
      if (TRY(visit(entry)) == Walk::enough) at.reset();
      return Ok{};
    };
    TRY(before.read(*at, look));
  }
  return Ok{};
}

}  // namespace ledger
