#include "projections/impact.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "ledger/base/check.h"
#include "ledger/base/distinct.h"
#include "ledger/base/in_parallel.h"
#include "ledger/codec.h"
#include "projections/event_names.h"
#include "projections/excerpt.h"
#include "projections/json.h"
#include "projections/known_events.h"
#include "projections/overlay.h"
#include "projections/proposed_event.h"
#include "projections/reach.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;

// Events held in memory at a time, but for a dealer who alone has more.
constexpr std::size_t held_events_max = 400'000;

// Events that bear on the same components.
struct Task {
  std::vector<std::uint32_t> events;  // to weigh
  std::vector<Unit> components;
};

bool ranks_before(const Impact& a, const Impact& b) {
  if (a.moved_fen != b.moved_fen) return a.moved_fen > b.moved_fen;
  return std::tie(a.event, a.doubt) < std::tie(b.event, b.doubt);
}

bool starts_with_order(const std::string& line, const std::string& order) {
  return line.size() > order.size() && line.starts_with(order) &&
         line.find('/', order.size()) == order.size() && line.rfind('/') == order.size();
}

// A vehicle on an order, as an event names them.
struct Sold {
  std::string_view vin, order;
};

std::optional<Sold> sold_by(const Entry& entry) {
  const auto of = [](const auto& data) -> std::optional<Sold> {
    if (data.order() == nullptr) return std::nullopt;
    return Sold{data.vin()->string_view(), data.order()->string_view()};
  };
  using P = schema::Payload;
  if (entry.type() == P::VehicleDelivered) return of(entry.payload<schema::VehicleDelivered>());
  if (entry.type() == P::VehicleReturned) return of(entry.payload<schema::VehicleReturned>());
  if (entry.type() == P::VehicleInvoiced) return of(entry.payload<schema::VehicleInvoiced>());
  return std::nullopt;
}

// Shares out the work and gathers what comes of it.
class Weighing {
 public:
  Weighing(const EventSource& source, const Components& components, const ImpactQuestion& question)
      : source_(source), components_(components), question_(question) {}

  Result<Impacts> run();

 private:
  bool is_asked(Unit component) const;
  bool is_asked(const ChangedLine& line) const;
  void plan();
  void plan_shared();
  void name_finding();
  std::vector<Sequence> events_of(const Task& task) const;
  Status weigh_held(std::size_t from, const std::vector<std::vector<Sequence>>& needed);
  Status weigh_task(const Task& task, const Excerpt& base);
  Status weigh_everything();
  Status weigh_event(const Entry& entry, const EventSource& base, const Amounts& before,
                     unsigned threads);
  Status weigh(const Entry& entry, Doubt doubt, const OverlaySource& overlay, const Amounts& before,
               unsigned threads);
  ledger::Batch finding_on(const Sold& sold, ledger::Date day) const;

  const EventSource& source_;
  const Components& components_;
  const ImpactQuestion& question_;
  std::optional<KnownEvents> known_;
  std::vector<Task> tasks_;
  std::uint64_t to_weigh_ = 0;
  std::string finding_;  // an id that no finding of the log has
  PackShelf shelf_;

  std::mutex mutex_;  // guards what follows
  std::uint64_t events_weighed_ = 0;
  Impacts impacts_;
  std::set<std::string> overflows_;
};

bool Weighing::is_asked(Unit component) const {
  const auto is_unit = [&](Entity entity, const std::string& id) {
    return components_.unit_of(key_of(entity, id)) == component;
  };
  if (question_.order && !is_unit(Entity::order, *question_.order)) return false;
  if (question_.customer && !is_unit(Entity::customer, *question_.customer)) return false;
  if (!question_.dealer) return true;
  const auto dealer = components_.unit_of(key_of(Entity::dealer, *question_.dealer));
  const auto reads = components_.reads(component);
  return dealer && std::binary_search(reads.begin(), reads.end(), *dealer);
}

bool Weighing::is_asked(const ChangedLine& line) const {
  return line.difference_fen() != 0 && (!question_.dealer || line.dealer == *question_.dealer) &&
         (!question_.customer || line.customer == *question_.customer) &&
         (!question_.order || starts_with_order(line.line, *question_.order));
}

// A task for each component with orders, then for each dealer or credit code.
void Weighing::plan() {
  for (const auto component : components_.with_orders()) {
    if (!is_asked(component)) continue;
    const auto events = components_.events(component);
    tasks_.push_back({{events.begin(), events.end()}, {component}});
  }
  plan_shared();
  for (const auto& task : tasks_) to_weigh_ += task.events.size();
  to_weigh_ += components_.events_for_everything().size();
}

// An authorisation is told of a dealer and of a credit code: it is weighed with the first.
void Weighing::plan_shared() {
  std::map<std::uint32_t, std::vector<Unit>> told_of;  // by event
  for (const auto unit : components_.shared()) {
    for (const auto event : components_.events(unit)) told_of[event].push_back(unit);
  }
  std::map<Unit, std::pair<std::vector<std::uint32_t>, std::set<Unit>>> by_unit;
  for (const auto& [event, units] : told_of) {
    auto& [events, components] = by_unit[units.front()];
    events.push_back(event);
    for (const auto unit : units) {
      const auto readers = components_.readers(unit);
      components.insert(readers.begin(), readers.end());
    }
  }
  for (auto& [unit, planned] : by_unit) {
    auto& [events, components] = planned;
    const bool asked = std::any_of(components.begin(), components.end(),
                                   [&](Unit component) { return is_asked(component); });
    if (asked) tasks_.push_back({std::move(events), {components.begin(), components.end()}});
  }
}

void Weighing::name_finding() {
  finding_ = "supposed";
  while (components_.unit_of(key_of(Entity::finding, finding_))) finding_ += '+';
}

std::vector<Sequence> Weighing::events_of(const Task& task) const {
  Reach reach(components_);
  for (const auto component : task.components) reach.add(component);
  return reach.events();
}

ledger::Batch Weighing::finding_on(const Sold& sold, ledger::Date day) const {
  std::string data;
  JsonObject object(data);
  object.text("finding", finding_);
  object.text("dealer", "supposed");
  object.text("order", sold.order);
  object.text("kind", "false_claim");
  object.text("scope", "vehicle");
  object.array("vins", std::array{sold.vin}, append_quoted);
  object.close();
  const auto line = outside_form({.id = finding_,
                                  .source = "tally/impact",
                                  .type = "finding.confirmed",
                                  .subject = "finding/" + finding_,
                                  .day = day,
                                  .role = {},
                                  .causation = {},
                                  .data = data});
  ledger::Encoder encoder;
  ledger::Batch batch;
  const auto refusal = encoder.add(line, batch);
  ledger::check(!refusal, "a supposed finding is well formed");
  return batch;
}

Status Weighing::weigh(const Entry& entry, Doubt doubt, const OverlaySource& overlay,
                       const Amounts& before, unsigned threads) {
  const auto would_be = TRY(Replay::run(overlay, question_.cut, threads, &shelf_));
  const auto after = amounts_of(*would_be);
  Impact impact;
  impact.event = entry.index;
  impact.doubt = doubt;
  impact.lines = changed_lines(before, after);
  bool asked = false;
  for (const auto& line : impact.lines) {
    const policy::Int128 difference = line.difference_fen();
    impact.moved_fen += difference < 0 ? -difference : difference;
    asked = asked || is_asked(line);
  }
  auto overflows = overflows_of(before, after);

  const std::lock_guard lock(mutex_);
  ++impacts_.weighed;
  overflows_.insert(std::make_move_iterator(overflows.begin()),
                    std::make_move_iterator(overflows.end()));
  auto& ranked = impacts_.ranked;
  if (!asked || (ranked.size() == question_.top && !ranks_before(impact, ranked.back()))) {
    return Ok{};
  }
  const auto place = std::upper_bound(ranked.begin(), ranked.end(), impact, ranks_before);
  ranked.insert(place, std::move(impact));
  if (ranked.size() > question_.top) ranked.pop_back();
  return Ok{};
}

Status Weighing::weigh_event(const Entry& entry, const EventSource& base, const Amounts& before,
                             unsigned threads) {
  const bool is_void = entry.type() == schema::Payload::EventVoided;
  if (!is_void && !known_->hold(entry)) return Ok{};
  OverlaySource without(base);
  without.exclude({entry.index});
  TRY(weigh(entry, Doubt::without, without, before, threads));
  const auto sold = sold_by(entry);
  if (!sold) return Ok{};
  OverlaySource with_finding(base);
  TRY(with_finding.add(finding_on(*sold, ledger::business_date(entry.event->time()->ns()))));
  return weigh(entry, Doubt::is_false, with_finding, before, threads);
}

Status Weighing::weigh_task(const Task& task, const Excerpt& base) {
  const auto is = TRY(Replay::run(base, question_.cut, 1, &shelf_));
  const auto before = amounts_of(*is);
  std::vector<Sequence> events;
  for (const auto event : task.events) events.push_back({event});
  TRY(base.read_each(events,
                     [&](const Entry& entry) { return weigh_event(entry, base, before, 1); }));
  const std::lock_guard lock(mutex_);
  events_weighed_ += task.events.size();
  question_.progress(events_weighed_, to_weigh_);
  return Ok{};
}

// Weighs the tasks from `from` on that need these events, all of which are read at once.
Status Weighing::weigh_held(std::size_t from, const std::vector<std::vector<Sequence>>& needed) {
  std::vector<Sequence> wanted;
  for (const auto& events : needed) wanted.insert(wanted.end(), events.begin(), events.end());
  ledger::sort_distinct(wanted);
  const auto held = TRY(Excerpt::of(source_, wanted));

  std::atomic<bool> failed{false};
  std::optional<ledger::Error> failure;
  ledger::in_parallel(question_.threads, needed.size(), [&](std::size_t at) {
    if (failed) return;
    auto done = weigh_task(tasks_[from + at], held.part(needed[at]));
    if (done) return;
    const std::lock_guard lock(mutex_);
    failure = std::move(done).error();
    failed = true;
  });
  if (failure) return *std::move(failure);
  return Ok{};
}

Status Weighing::weigh_everything() {
  std::vector<Sequence> events;
  for (const auto event : components_.events_for_everything()) events.push_back({event});
  if (events.empty() || tasks_.empty()) return Ok{};
  const auto is = TRY(Replay::run(source_, question_.cut, question_.threads, &shelf_));
  const auto before = amounts_of(*is);
  return source_.read_each(events, [&](const Entry& entry) -> Status {
    TRY(weigh_event(entry, source_, before, question_.threads));
    question_.progress(++events_weighed_, to_weigh_);
    return Ok{};
  });
}

Result<Impacts> Weighing::run() {
  known_ = TRY(KnownEvents::of(source_, question_.cut));
  name_finding();
  plan();
  std::size_t from = 0;
  while (from < tasks_.size()) {
    std::vector<std::vector<Sequence>> needed;  // by each task from there on
    for (std::size_t held = 0; from + needed.size() < tasks_.size() && held < held_events_max;) {
      needed.push_back(events_of(tasks_[from + needed.size()]));
      held += needed.back().size();
    }
    TRY(weigh_held(from, needed));
    from += needed.size();
  }
  TRY(weigh_everything());
  impacts_.overflows.assign(overflows_.begin(), overflows_.end());
  return std::move(impacts_);
}

std::string_view name_of(Doubt doubt) {
  return doubt == Doubt::without ? "without" : "false";
}

}  // namespace

Result<Impacts> weigh_events(const EventSource& source, const Components& components,
                             const ImpactQuestion& question) {
  return Weighing(source, components, question).run();
}

Result<std::vector<std::string>> print_impacts(const EventSource& source, Impacts& impacts) {
  std::vector<std::uint32_t> events;
  for (const auto& impact : impacts.ranked) {
    events.push_back(static_cast<std::uint32_t>(impact.event.value));
  }
  const auto names = TRY(EventNames::read(source, events));
  std::vector<std::string> rows;
  for (const auto& impact : impacts.ranked) {
    std::string event;
    names.append(static_cast<std::uint32_t>(impact.event.value), event);
    const auto moved = policy::narrow(impact.moved_fen);
    if (!moved) {
      impacts.overflows.push_back(event);
      continue;
    }
    JsonObject object(rows.emplace_back());
    object.raw("event", event);
    object.text("overlay", name_of(impact.doubt));
    object.number("moved_fen", *moved);
    object.array("lines", impact.lines, append_changed);
    object.close();
  }
  return rows;
}

}  // namespace projections
