#include "projections/replay.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "projections/fold.h"
#include "projections/last_days.h"

namespace projections {
namespace {

// One pass over the events of a cut. A void comes after its target as a rule, so what the target
// left is marked when the void is met; a foreign log may hold a void of what is yet to come.
class Pass {
 public:
  Pass(Facts& facts, const EventSource& source, const Cut& cut)
      : facts_(facts),
        source_(source),
        until_(cut.effective_at),
        wants_days_(!cut.effective_at && !cut.last_day) {}

  // A void acts whatever its business date.
  ledger::Status take(const ledger::Entry& entry) {
    if (entry.type() == schema::Payload::EventVoided) TRY(take_void(entry));
    const auto day = ledger::business_date(entry.event->time()->ns());
    if (until_ && *until_ < day) return ledger::Ok{};
    const auto index = static_cast<std::uint32_t>(entry.index.value);
    if (wants_days_ && has_business_day(entry)) days_.push_back({index, day.days});
    return fold(facts_, entry, !awaited_.empty() && awaited_.contains(index));
  }

  // The latest business date of what was taken and stands.
  std::optional<ledger::Date> last_day() {
    std::sort(voided_.begin(), voided_.end());
    std::optional<ledger::Date> last;
    auto next = voided_.begin();
    for (const auto& [index, day] : days_) {
      while (next != voided_.end() && *next < index) ++next;
      if (next != voided_.end() && *next == index) continue;
      if (!last || last->days < day) last = ledger::Date{day};
    }
    return last;
  }

 private:
  struct DayOf {
    std::uint32_t index;
    std::int32_t day;
  };

  ledger::Status take_void(const ledger::Entry& entry) {
    const auto target = TRY(source_.target_of(entry));
    // Without a target it is refused at admission; a foreign log may hold one.
    if (!target) return ledger::Ok{};
    const auto index = static_cast<std::uint32_t>(target->value);
    voided_.push_back(index);
    if (*target < entry.index) {
      facts_.mark_voided(index);
    } else {
      awaited_.insert(index);
    }
    return ledger::Ok{};
  }

  Facts& facts_;
  const EventSource& source_;
  std::optional<ledger::Date> until_;
  bool wants_days_;
  std::vector<DayOf> days_;  // by index
  std::vector<std::uint32_t> voided_;
  std::unordered_set<std::uint32_t> awaited_;  // targets that are not folded yet
};

}  // namespace

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
                         ledger::worded("a replay folds at most 4,294,967,294 events; this view "
                                        "has {}. Use --known-at for a smaller one.",
                                        "一次重放至多处理 4,294,967,294 个事件；"
                                        "此日志视图有 {} 个。请用 --known-at 缩小范围。",
                                        source_.size().value)};
  }
  Pass pass(facts_, source_, cut_);
  const auto take = [&](const Entry& entry) { return pass.take(entry); };
  TRY(threads_ > 1 ? source_.scan_ahead(take) : source_.scan(std::nullopt, take));
  as_of_ = cut_.effective_at ? cut_.effective_at : cut_.last_day ? cut_.last_day : pass.last_day();
  return Ok{};
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
