#include "cli/projection.h"

namespace cli {

ledger::Result<Projection> Projection::open(const Arguments& arguments, Console& console,
                                            const projections::Asked& asked) {
  Projection projection(TRY(LedgerView::open(arguments, console)));
  const auto threads =
      static_cast<unsigned>(arguments.number("--threads").value_or(threads_default));
  if (asked.anything() && !arguments.has(from_scratch)) {
    const auto replay_part = [&](const projections::Components& components) -> ledger::Status {
      projection.replay_.reset();
      auto part = TRY(projections::replay_for(asked, projection.source(), components,
                                              projection.cut(), threads));
      if (!part) return ledger::Ok{};
      projection.replay_ = std::move(part->replay);
      projection.events_ = std::move(part->events);
      return ledger::Ok{};
    };
    TRY(projection.view_.use_components(projections::JoinedBy::ledger, replay_part));
  }
  if (projection.replay_ == nullptr) {
    projection.replay_ =
        TRY(projections::Replay::run(projection.source(), projection.cut(), threads));
  }
  return projection;
}

}  // namespace cli
