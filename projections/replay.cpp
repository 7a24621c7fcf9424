#include "projections/replay.h"

#include <algorithm>
#include <limits>

#include "projections/fold.h"
#include "projections/known_events.h"

namespace projections {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Status;

Result<std::unique_ptr<Replay>> Replay::run(const EventSource& source, const Cut& cut,
                                            unsigned threads, PackShelf* shelf) {
  std::unique_ptr<Replay> replay(new Replay(source, cut, threads));
  replay->facts_.shelf = shelf;
  replay->facts_.rules = cut.rules;
  replay->facts_.rules_version_max = std::min(cut.rules_version_max, cut.rules->newest());
  TRY(replay->fold_all());
  replay->world_ = std::make_unique<const World>(replay->facts_);
  return replay;
}

Status Replay::fold_all() {
  if (source_.size().value >= std::numeric_limits<std::uint32_t>::max()) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         "a replay folds at most 4,294,967,294 events; this view has " +
                             std::to_string(source_.size().value) +
                             ". Use --known-at for a smaller one."};
  }
  const auto known = TRY(KnownEvents::of(source_, cut_));
  return source_.scan(std::nullopt, [&](const Entry& entry) -> Status {
    if (!known.is_in_time(entry)) return Ok{};
    return fold(facts_, entry, known.is_voided(entry.index));
  });
}

std::optional<ledger::Date> Replay::as_of() const {
  if (cut_.effective_at) return cut_.effective_at;
  if (cut_.last_day) return cut_.last_day;
  if (facts_.any_day) return facts_.last_day;
  return std::nullopt;
}

const std::vector<Line>& Replay::lines() const {
  std::call_once(lines_once_, [this] { lines_ = all_lines(*world_, threads_); });
  return lines_;
}

const std::vector<Fine>& Replay::fines() const {
  std::call_once(fines_once_, [this] { fines_ = all_fines(*world_); });
  return fines_;
}

const std::vector<Demo>& Replay::demos() const {
  std::call_once(demos_once_, [this] { demos_ = all_demos(*world_, invoices()); });
  return demos_;
}

const std::vector<StandingInvoice>& Replay::invoices() const {
  std::call_once(invoices_once_, [this] { invoices_ = standing_invoices(facts_); });
  return invoices_;
}

}  // namespace projections
