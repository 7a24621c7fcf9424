#include "projections/then_and_now.h"

#include <algorithm>
#include <map>
#include <set>

#include "projections/amounts.h"
#include "projections/clocks.h"
#include "projections/json.h"
#include "projections/overlay.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;
using ledger::TreeSize;

bool is_of_finding(schema::Payload type) {
  using P = schema::Payload;
  return type == P::FindingRaised || type == P::FindingConfirmed || type == P::FindingDismissed ||
         type == P::AppealFiled || type == P::AppealDecided;
}

bool is_of_policy(schema::Payload type) {
  return type == schema::Payload::PolicyPublished || type == schema::Payload::PolicyNoticeDelivered;
}

// Why an event that was not known then counts now.
Cause cause_of(const Entry& entry, std::optional<std::int64_t> last_recorded_ns) {
  if (entry.type() == schema::Payload::EventVoided) return Cause::corrected;
  if (is_of_finding(entry.type())) return Cause::finding;
  if (is_of_policy(entry.type())) return Cause::policy;
  const bool newer = !last_recorded_ns || entry.event->time()->ns() > *last_recorded_ns;
  return newer ? Cause::newer : Cause::late;
}

// What came after `then`: events by what they are the cause of, and the rules.
struct Since {
  std::array<std::vector<Sequence>, cause_count> events;  // none of `code`
  std::uint16_t rules_before = 0;                         // newest version; 0: no event
  std::uint16_t rules_after = 0;
};

// One scan.
Result<Since> what_came_since(const EventSource& source, TreeSize then) {
  Since since;
  std::optional<std::int64_t> last_recorded_ns;
  TRY(source.scan(std::nullopt, [&](const Entry& entry) -> Status {
    const bool before = entry.index.value < then.value;
    auto& rules = before ? since.rules_before : since.rules_after;
    rules = std::max(rules, entry.event->rules_version());
    if (before) {
      last_recorded_ns =
          std::max(last_recorded_ns.value_or(recorded_ns(entry)), recorded_ns(entry));
    } else {
      since.events[static_cast<std::size_t>(cause_of(entry, last_recorded_ns))].push_back(
          entry.index);
    }
    return Ok{};
  }));
  return since;
}

// What one state of knowledge entitles to, by line.
class Entitled {
 public:
  explicit Entitled(const Amounts& amounts) {
    for (const auto& amount : amounts.lines) {
      if (amount.entitled_fen) by_line_[amount.line] = *amount.entitled_fen;
    }
  }

  std::int64_t of(const std::string& line) const {
    const auto found = by_line_.find(line);
    return found == by_line_.end() ? 0 : found->second;
  }

  const std::map<std::string, std::int64_t>& all() const { return by_line_; }

 private:
  std::map<std::string, std::int64_t> by_line_;
};

}  // namespace

std::string_view name_of(Cause cause) {
  constexpr std::array<std::string_view, cause_count> names = {"new",     "late",   "corrected",
                                                               "finding", "policy", "code"};
  return names[static_cast<std::size_t>(cause)];
}

Result<Shifts> shifts_since(const EventSource& source, TreeSize then, const Cut& cut,
                            unsigned threads) {
  const auto since = TRY(what_came_since(source, then));
  const auto& events = since.events;
  // Before anything was known there were no rules either: nothing is said to change.
  const bool new_rules = since.rules_before > 0 && since.rules_before < since.rules_after;
  std::set<std::string> overflows;
  // With the causes so far applied and the rest of the events left out.
  const auto entitled_with = [&](std::size_t causes) -> Result<Entitled> {
    OverlaySource known(source);
    for (auto cause = causes; cause < cause_count; ++cause) known.exclude(events[cause]);
    auto by_rules = cut;
    if (new_rules && causes < cause_count) {
      by_rules.rules_version_max = std::min(cut.rules_version_max, since.rules_before);
    }
    const auto replay = TRY(Replay::run(known, by_rules, threads));
    const auto amounts = amounts_of(*replay);
    overflows.insert(amounts.overflows.begin(), amounts.overflows.end());
    return Entitled(amounts);
  };
  std::vector<Entitled> stages{TRY(entitled_with(0))};
  for (std::size_t cause = 0; cause < cause_count; ++cause) {
    const bool moves = !events[cause].empty() || (new_rules && cause + 1 == cause_count);
    stages.push_back(moves ? TRY(entitled_with(cause + 1)) : stages.back());
  }

  std::set<std::string> names;
  for (const auto* stage : {&stages.front(), &stages.back()}) {
    for (const auto& [line, amount] : stage->all()) names.insert(line);
  }
  Shifts shifts;
  shifts.overflows.assign(overflows.begin(), overflows.end());
  for (const auto& line : names) {
    Shift shift;
    shift.line = line;
    shift.before_fen = stages.front().of(line);
    shift.after_fen = stages.back().of(line);
    if (shift.before_fen == shift.after_fen || overflows.contains(line)) continue;
    for (std::size_t cause = 0; cause < cause_count; ++cause) {
      shift.parts_fen[cause] = stages[cause + 1].of(line) - stages[cause].of(line);
    }
    shifts.lines.push_back(std::move(shift));
  }
  return shifts;
}

void append_shift(const Shift& shift, std::string& out) {
  JsonObject object(out);
  object.text("line", shift.line);
  object.number("before_fen", shift.before_fen);
  object.number("after_fen", shift.after_fen);
  for (std::size_t cause = 0; cause < cause_count; ++cause) {
    object.number(std::string(name_of(static_cast<Cause>(cause))).append("_fen"),
                  shift.parts_fen[cause]);
  }
  object.close();
}

}  // namespace projections
