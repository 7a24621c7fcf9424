#include "projections/known_events.h"

namespace projections {

ledger::Result<KnownEvents> KnownEvents::of(const EventSource& source, const Cut& cut) {
  KnownEvents known;
  known.until_ = cut.effective_at;
  const auto note_target = [&](const ledger::Entry& entry) -> ledger::Status {
    const auto target = TRY(source.target_of(entry));
    // Without a target it is refused at admission; a foreign log may hold one.
    if (target) known.voided_.insert(target->value);
    return ledger::Ok{};
  };
  TRY(source.scan(schema::Payload::EventVoided, note_target));
  return known;
}

}  // namespace projections
