#include "projections/trace.h"

#include "ledger/codec.h"
#include "projections/clocks.h"
#include "projections/event_clause.h"
#include "projections/json.h"
#include "projections/known_events.h"
#include "projections/trail.h"

namespace projections {
namespace {

constexpr std::int64_t second_ns = 1'000'000'000;

std::int64_t whole_seconds(std::int64_t ns) {
  return ns / second_ns - (ns % second_ns < 0 ? 1 : 0);
}

std::string row_of(const ledger::Entry& entry, std::optional<std::int64_t> previous_ns) {
  const auto& event = *entry.event;
  std::string row;
  JsonObject object(row);
  object.number("index", static_cast<std::int64_t>(entry.index.value));
  object.text("time", as_given(*event.time()));
  if (event.recorded() != nullptr) object.text("recordedtime", as_given(*event.recorded()));
  object.text("appendedtime", ledger::to_string_utc(event.appended_ns()));
  object.text("type", ledger::type_name(entry.type()));
  object.text("source", event.source()->string_view());
  object.text("id", event.id()->string_view());
  if (const auto clause = clause_of(entry); !clause.empty()) object.text("clause", clause);
  if (previous_ns) object.number("gap", whole_seconds(event.time()->ns() - *previous_ns));
  object.close();
  return row;
}

}  // namespace

ledger::Result<ModelRows> print_trace(const Replay& replay, const Cut& cut, std::string_view name) {
  Trail trail(replay, name);
  if (trail.empty()) {
    return ledger::Error{ledger::ErrorCode::not_found,
                         ledger::worded("there is no order, vehicle or filing {} in this cut; "
                                        "`tally log` shows what there is.",
                                        "此截面中没有订单、车辆或备案 {}；"
                                        "`tally log` 列出现有内容。",
                                        name)};
  }
  const auto known = TRY(KnownEvents::of(replay.source(), cut));
  ModelRows result;
  std::optional<std::int64_t> previous_ns;
  TRY(replay.source().scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    if (!known.is_in_time(entry) || !trail.take(entry)) return ledger::Ok{};
    result.rows.push_back(row_of(entry, previous_ns));
    previous_ns = entry.event->time()->ns();
    return ledger::Ok{};
  }));
  return result;
}

}  // namespace projections
