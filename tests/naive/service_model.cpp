// Prints `filings` and `obligations`: what had to be done by when.
#include <algorithm>
#include <tuple>

#include "tests/naive/calendar.h"
#include "tests/naive/filing.h"
#include "tests/naive/json_line.h"
#include "tests/naive/models.h"

namespace naive {
namespace {

struct Obligation {
  std::string obligation, subject, due, done, state;
  std::size_t index{};  // of the event that asked for it
};

using Obligations = std::vector<Obligation>;

// An instant at UTC+8, spelled with the fraction its source gave.
std::string at_utc_8(ledger::Timestamp instant) {
  instant.offset_minutes = 8 * 60;
  instant.zulu = false;
  return ledger::to_string(instant);
}

std::string state_of(const View& view, ledger::Date due_date, bool done, bool in_time) {
  if (done) return in_time ? "met" : "late";
  return due_date < *view.as_of ? "overdue" : "open";
}

const Pack* pack_for(const View& view, const Event& request) {
  const auto order = find_order(view, request.text("order"));
  return order ? governing_order(view, *order) : nullptr;
}

// The first of `events` that is later than the request (G8).
const Event* answer(const Events& events, const Event& request) {
  for (const auto* event : events) {
    if (earlier(request, *event)) return event;
  }
  return nullptr;
}

Obligation within_hours(const View& view, const Event& request, const Event* done,
                        std::int64_t hours) {
  auto due = request.recorded;
  due.ns += hours * 3'600 * 1'000'000'000;
  Obligation row;
  row.index = request.index;
  row.due = at_utc_8(due);
  if (done != nullptr) row.done = at_utc_8(done->recorded);
  row.state = state_of(view, ledger::business_date(due.ns), done != nullptr,
                       done != nullptr && done->recorded.ns <= due.ns);
  return row;
}

void add_support(const View& view, Obligations& rows) {
  for (const auto* request : all(view, "order.support_requested")) {
    const auto* pack = pack_for(view, *request);
    if (pack == nullptr) continue;
    const auto order = request->text("order");
    const auto decisions =
        all(view, "order.support_decided", {{"order", order}, {"kind", request->text("kind")}});
    auto row = within_hours(view, *request, answer(decisions, *request), pack->support_hours);
    row.obligation = "support_48h";
    row.subject = "order/" + order;
    rows.push_back(row);
  }
}

void add_settlement(const View& view, Obligations& rows) {
  for (const auto* request : all(view, "settlement.requested")) {
    const auto* pack = pack_for(view, *request);
    if (pack == nullptr) continue;
    const auto id = request->text("settlement");
    const auto* done = answer(
        all(view, {"settlement.approved", "settlement.refused"}, {{"settlement", id}}), *request);
    const auto due = add_working_days(view, request->recorded_date, pack->settlement_working_days);
    const bool in_time = done != nullptr && done->recorded_date <= due;
    rows.push_back({"settlement_5wd", "settlement/" + id, ledger::to_string(due),
                    done != nullptr ? ledger::to_string(done->recorded_date) : "",
                    state_of(view, due, done != nullptr, in_time), request->index});
  }
}

void add_status(const View& view, Obligations& rows) {
  for (const auto* delivery : all(view, "vehicle.delivered")) {
    const auto* pack = pack_for(view, *delivery);
    if (pack == nullptr) continue;
    const auto entries = all(view, "order.status_entered", {{"order", delivery->text("order")}});
    auto row = within_hours(view, *delivery, answer(entries, *delivery), pack->status_hours);
    row.obligation = "status_24h";
    row.subject = "vehicle/" + delivery->text("vin");
    rows.push_back(row);
  }
}

void add_progress(const View& view, Obligations& rows) {
  for (const auto& filing : all_filings(view)) {
    for (const auto& day : filing.progress) {
      rows.push_back({"progress", "filing/" + filing.id, ledger::to_string(day.due),
                      day.done ? ledger::to_string(*day.done) : "",
                      state_of(view, day.due, day.done.has_value(), day.reported_in_time), 0});
    }
  }
}

bool has_manager(const View& view, const Order& order) {
  std::set<std::string> managers;
  const auto events =
      all(view, {"dealer.manager_assigned", "dealer.manager_removed"}, {{"dealer", order.dealer}});
  for (const auto* event : until(events, order.created->date)) {
    if (event->type == "dealer.manager_assigned") {
      managers.insert(event->text("person"));
    } else {
      managers.erase(event->text("person"));
    }
  }
  return !managers.empty();
}

void add_managers(const View& view, Obligations& rows) {
  for (const auto& order : all_orders(view)) {
    if (has_manager(view, order)) continue;
    rows.push_back({"fleet_manager", "order/" + order.id, "", "", "overdue", 0});
  }
}

}  // namespace

Models::Lines print_filings(const View& view) {
  Models::Lines printed;
  for (const auto& filing : all_filings(view)) {
    std::vector<std::string> missed;
    for (const auto& day : filing.progress) {
      if (day.due < *view.as_of && !day.reported_in_time) {
        missed.push_back(ledger::to_string(day.due));
      }
    }
    JsonLine json;
    json.add("filing", filing.id);
    json.add("dealer", filing.holder);
    json.add("customer", filing.customer);
    json.add("state", filing.state);
    json.add("confirmed", filing.confirmed);
    json.add("protected_until", filing.protected_until);
    json.add("missed_progress", missed);
    json.add("conflicts", filing.conflicts);
    printed.push_back(json.text());
  }
  return printed;
}

Models::Lines print_obligations(const View& view) {
  Obligations rows;
  add_support(view, rows);
  add_settlement(view, rows);
  add_status(view, rows);
  add_progress(view, rows);
  add_managers(view, rows);
  std::sort(rows.begin(), rows.end(), [](const Obligation& a, const Obligation& b) {
    return std::tie(a.obligation, a.subject, a.due, a.index) <
           std::tie(b.obligation, b.subject, b.due, b.index);
  });
  Models::Lines printed;
  for (const auto& row : rows) {
    JsonLine json;
    json.add("obligation", row.obligation);
    json.add("subject", row.subject);
    if (!row.due.empty()) json.add("due", row.due);
    if (!row.done.empty()) json.add("done", row.done);
    json.add("state", row.state);
    printed.push_back(json.text());
  }
  return printed;
}

}  // namespace naive
