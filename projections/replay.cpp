#include "projections/replay.h"

#include <limits>

#include "projections/fold.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Status;

// Which events a known event.voided targets. A void acts whatever its business date.
Result<std::vector<bool>> voided_events(const EventSource& source) {
  std::vector<bool> voided;
  const auto note_target = [&](const Entry& entry) -> Status {
    const auto& data = entry.payload<schema::EventVoided>();
    const auto target =
        TRY(source.find(data.target_source()->string_view(), data.target_id()->string_view()));
    if (!target) return Ok{};  // refused at admission; a foreign log may hold one
    if (voided.empty()) voided.resize(source.size().value);
    voided[target->value] = true;
    return Ok{};
  };
  TRY(source.scan(schema::Payload::EventVoided, note_target));
  return voided;
}

}  // namespace

Result<std::unique_ptr<Replay>> Replay::run(const EventSource& source, const Cut& cut,
                                            unsigned threads) {
  std::unique_ptr<Replay> replay(new Replay(source, cut, threads));
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
  const auto voided = TRY(voided_events(source_));
  return source_.scan(std::nullopt, [&](const Entry& entry) -> Status {
    if (cut_.effective_at &&
        *cut_.effective_at < ledger::business_date(entry.event->time()->ns())) {
      return Ok{};
    }
    return fold(facts_, entry, !voided.empty() && voided[entry.index.value]);
  });
}

std::optional<ledger::Date> Replay::as_of() const {
  if (cut_.effective_at) return cut_.effective_at;
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
