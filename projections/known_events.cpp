#include "projections/known_events.h"

namespace projections {

ledger::Result<KnownEvents> KnownEvents::of(const EventSource& source, const Cut& cut) {
  KnownEvents known;
  known.until_ = cut.effective_at;
  const auto note_target = [&](const ledger::Entry& entry) -> ledger::Status {
    const auto& data = entry.payload<schema::EventVoided>();
    const auto target =
        TRY(source.find(data.target_source()->string_view(), data.target_id()->string_view()));
    // Without a target it is refused at admission; a foreign log may hold one.
    if (target) known.voided_.insert(target->value);
    return ledger::Ok{};
  };
  TRY(source.scan(schema::Payload::EventVoided, note_target));
  return known;
}

}  // namespace projections
