#include "tests/naive/view.h"

#include <algorithm>

namespace naive {
namespace {

using EventName = std::pair<std::string, std::string>;  // source and id

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// Voids act by --known-at alone: those of the first N events, whatever their date.
std::set<EventName> voided(const History& history, const Cut& cut) {
  std::set<EventName> targets;
  for (const auto& event : history.events) {
    if (cut.known_at && event.index >= *cut.known_at) continue;
    if (event.type != "event.voided") continue;
    targets.insert({event.text("target_source"), event.text("target_id")});
  }
  return targets;
}

Events visible(const History& history, const Cut& cut, Corrections corrections) {
  const auto gone = voided(history, cut);
  Events events;
  for (const auto& event : history.events) {
    if (cut.known_at && event.index >= *cut.known_at) continue;
    if (cut.effective_at && event.date > *cut.effective_at) continue;
    if (corrections == Corrections::made && gone.count({event.source, event.id}) > 0) continue;
    if (corrections == Corrections::undone && event.type == "vehicle.returned") continue;
    events.push_back(&event);
  }
  std::sort(events.begin(), events.end(),
            [](const Event* a, const Event* b) { return earlier(*a, *b); });
  return events;
}

std::optional<ledger::Date> as_of_date(const View& view) {
  if (view.cut.effective_at) return view.cut.effective_at;
  std::optional<ledger::Date> latest;
  for (const auto* event : view.events) {
    const auto& type = event->type;
    if (starts_with(type, "key.") || starts_with(type, "person.") || starts_with(type, "replay.")) {
      continue;
    }
    if (!latest || event->date > *latest) latest = event->date;
  }
  return latest;
}

Finding confirmed_finding(const Event& event) {
  return {event.text("finding"),
          event.text("dealer"),
          event.text("order"),
          event.text("kind"),
          event.text("scope"),
          event.set("vins"),
          &event,
          true};
}

// Reads the events of every finding in order and keeps what is effective and seen.
std::vector<Finding> effective_findings(const View& view) {
  if (view.seen.none) return {};
  std::map<std::string, Finding> by_id;
  for (const auto* event : all(view, {"finding.confirmed", "appeal.decided"})) {
    auto& finding = by_id[event->text("finding")];
    if (event->type == "finding.confirmed") {
      finding = confirmed_finding(*event);
    } else if (event->text("outcome") == "reversed") {
      finding.effective = false;
    } else if (event->text("outcome") == "amended" && finding.effective) {
      finding.vins = event->set("vins");
    }
  }
  std::vector<Finding> result;
  for (const auto& [id, finding] : by_id) {
    const bool set_aside =
        !view.seen.except_order.empty() && finding.order == view.seen.except_order;
    if (finding.effective && !set_aside) result.push_back(finding);
  }
  return result;
}

std::map<std::string, Held> held_vehicles(const View& view) {
  std::map<std::string, Held> held;
  for (const auto* event : all(view, {"vehicle.delivered", "vehicle.returned"})) {
    const auto vin = event->text("vin");
    const auto order = event->text("order");
    const auto holder = held.find(vin);
    if (event->type == "vehicle.delivered") {
      if (holder == held.end()) held[vin] = {order, event->date};
    } else if (holder != held.end() && holder->second.order == order) {
      held.erase(holder);
    }
  }
  return held;
}

bool has_all(const Event& event, Fields fields) {
  return std::all_of(fields.begin(), fields.end(), [&](const auto& field) {
    return event.has(field.first) && event.text(field.first) == field.second;
  });
}

template <class Keep>
Events those(const Events& events, Keep keep) {
  Events kept;
  std::copy_if(events.begin(), events.end(), std::back_inserter(kept), keep);
  return kept;
}

}  // namespace

View::View(const History& log, const Cut& asked, FindingsSeen findings_seen,
           Corrections corrections)
    : history(&log),
      cut(asked),
      seen(std::move(findings_seen)),
      events(visible(log, asked, corrections)) {
  as_of = as_of_date(*this);
  findings = effective_findings(*this);
  held = held_vehicles(*this);
}

Events all(const View& view, std::string_view type, Fields fields) {
  return those(view.events, [&](const Event* e) { return e->type == type && has_all(*e, fields); });
}

Events all(const View& view, Types types, Fields fields) {
  return those(view.events, [&](const Event* e) {
    return std::find(types.begin(), types.end(), e->type) != types.end() && has_all(*e, fields);
  });
}

Events until(const Events& events, ledger::Date date) {
  return those(events, [&](const Event* e) { return e->date <= date; });
}

Events up_to_time(const Events& events, const Event& moment) {
  return those(events, [&](const Event* e) { return e->time.ns <= moment.time.ns; });
}

Events after_time(const Events& events, const Event& moment) {
  return those(events, [&](const Event* e) { return e->time.ns > moment.time.ns; });
}

const Event* first(const Events& events) {
  return events.empty() ? nullptr : events.front();
}

const Event* last(const Events& events) {
  return events.empty() ? nullptr : events.back();
}

bool earlier(const Event& a, const Event& b) {
  return std::pair(a.date, a.index) < std::pair(b.date, b.index);
}

Events standing(const View& view, std::string_view type,
                std::initializer_list<std::string_view> keys) {
  std::map<std::vector<std::string>, const Event*> latest;
  for (const auto* event : all(view, type)) {
    std::vector<std::string> fact;
    for (const auto key : keys) fact.push_back(event->text(key));
    latest[fact] = event;
  }
  Events result;
  for (const auto& [fact, event] : latest) result.push_back(event);
  std::sort(result.begin(), result.end(),
            [](const Event* a, const Event* b) { return earlier(*a, *b); });
  return result;
}

std::map<std::string, ledger::Date> genuine(const View& view, std::string_view order) {
  std::map<std::string, ledger::Date> result;
  for (const auto& [vin, held] : view.held) {
    if (held.order != order) continue;
    const bool false_claim = std::any_of(
        view.findings.begin(), view.findings.end(),
        [&, v = vin](const Finding& f) { return f.order == order && f.vins.count(v) > 0; });
    if (!false_claim) result[vin] = held.delivered;
  }
  return result;
}

std::vector<Finding> findings_on(const View& view, std::string_view order) {
  std::vector<Finding> result;
  for (const auto& finding : view.findings) {
    if (finding.order == order) result.push_back(finding);
  }
  return result;
}

std::optional<std::string> order_of_finding(const View& view, std::string_view finding) {
  for (const auto* type : {"finding.confirmed", "finding.raised"}) {
    const auto* event = last(all(view, type, {{"finding", finding}}));
    if (event != nullptr) return event->text("order");
  }
  return std::nullopt;
}

bool demo_car(const View& view, std::string_view vin) {
  return !all(view, {"demo.approved", "demo.purchased"}, {{"vin", vin}}).empty();
}

}  // namespace naive
