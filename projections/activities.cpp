#include <algorithm>
#include <map>
#include <set>

#include "ledger/idempotency_key.h"
#include "projections/customer_base.h"
#include "projections/json.h"
#include "projections/known_events.h"

namespace projections {
namespace {

using ledger::Date;

constexpr std::int32_t followed_days_max = 90;

struct Activity {
  Date day;
  std::string dealer, key;  // `source#id` of the event
  std::int64_t invited = 0, attended = 0, cost_fen = 0;
  std::set<std::string> filings, followed;
};

struct Submitted {
  Date day;
  std::string filing, dealer, cause, correlation;
};

std::string text_of(const flatbuffers::String* text) {
  return text == nullptr ? std::string() : text->str();
}

// Activities by id and filings by id, each as its latest event (G9) says.
struct Outreach {
  std::map<std::string, Activity> activities;
  std::map<std::string, Submitted> filings;

  ledger::Status read(const EventSource& source, const KnownEvents& known) {
    TRY(source.scan(schema::Payload::ActivityHeld,
                    [&](const ledger::Entry& entry) -> ledger::Status {
                      if (known.hold(entry)) add_activity(entry);
                      return ledger::Ok{};
                    }));
    return source.scan(schema::Payload::FilingSubmitted,
                       [&](const ledger::Entry& entry) -> ledger::Status {
                         if (known.hold(entry)) add_filing(entry);
                         return ledger::Ok{};
                       });
  }

  void add_activity(const ledger::Entry& entry) {
    const auto& data = entry.payload<schema::ActivityHeld>();
    const auto day = ledger::business_date(entry.event->time()->ns());
    auto& activity = activities[data.activity()->str()];
    if (!activity.key.empty() && day < activity.day) return;
    activity = {day,
                data.dealer()->str(),
                ledger::idempotency_key(*entry.event),
                data.invited(),
                data.attended(),
                data.cost_fen(),
                {},
                {}};
  }

  void add_filing(const ledger::Entry& entry) {
    const auto& data = entry.payload<schema::FilingSubmitted>();
    const auto day = ledger::business_date(entry.event->time()->ns());
    auto& filing = filings[data.filing()->str()];
    if (!filing.filing.empty() && day < filing.day) return;
    filing = {day, data.filing()->str(), data.dealer()->str(), text_of(entry.event->causation()),
              text_of(entry.event->correlation())};
  }

  // The dealer's latest activity up to `day`; of one day's the one with the greatest id.
  Activity* latest_before(const std::string& dealer, Date day) {
    Activity* latest = nullptr;
    for (auto& [id, activity] : activities) {
      if (activity.dealer != dealer || day < activity.day) continue;
      if (latest == nullptr || latest->day <= activity.day) latest = &activity;
    }
    return latest;
  }

  void attribute(const Submitted& filing) {
    for (auto& [id, activity] : activities) {
      const bool named = filing.cause == activity.key || filing.correlation == activity.key;
      if (named && activity.dealer == filing.dealer) {
        activity.filings.insert(filing.filing);
        return;
      }
    }
    if (!filing.cause.empty() || !filing.correlation.empty()) return;
    auto* const before = latest_before(filing.dealer, filing.day);
    if (before != nullptr && filing.day.days - before->day.days <= followed_days_max)
      before->followed.insert(filing.filing);
  }
};

}  // namespace

ledger::Result<ModelRows> print_activities(const Replay& replay, const Cut& cut) {
  const auto known = TRY(KnownEvents::of(replay.source(), cut));
  Outreach outreach;
  TRY(outreach.read(replay.source(), known));
  for (const auto& [id, filing] : outreach.filings) outreach.attribute(filing);
  ModelRows result;
  const auto quoted = [](const std::string& text, std::string& out) { append_quoted(text, out); };
  for (const auto& [id, activity] : outreach.activities) {
    std::string row;
    JsonObject object(row);
    object.text("activity", id).text("dealer", activity.dealer);
    object.text("held", ledger::to_string(activity.day));
    object.number("invited", activity.invited).number("attended", activity.attended);
    object.number("cost_fen", activity.cost_fen);
    object.array("filings", activity.filings, quoted);
    object.array("followed", activity.followed, quoted);
    object.close();
    result.rows.push_back(std::move(row));
  }
  return result;
}

ModelRows print_fleet_shares(const Replay& replay) {
  const auto& facts = replay.facts();

  struct Vehicles {
    std::set<VinId> all, fleet;
  };

  std::map<std::pair<std::string_view, int>, Vehicles> by_year;
  for (const auto& vehicle : facts.vehicles) {
    facts.invoices.each(vehicle.invoices, [&](const Invoiced& invoice) {
      if (!stands(invoice) || replay.world().is_demo_car(invoice.vin)) return;
      const auto* latest = facts.invoices.latest(vehicle.invoices, [&](const Invoiced& other) {
        return stands(other) && other.order == invoice.order;
      });
      if (latest != &invoice) return;
      const auto year = ledger::civil(Date{invoice.day}).year;
      auto& vehicles = by_year[{facts.dealer_names[invoice.dealer.value], year}];
      vehicles.all.insert(invoice.vin);
      if (invoice.order) vehicles.fleet.insert(invoice.vin);
    });
  }
  ModelRows result;
  for (const auto& [key, vehicles] : by_year) {
    const auto all = static_cast<std::int64_t>(vehicles.all.size());
    const auto fleet = static_cast<std::int64_t>(vehicles.fleet.size());
    std::string row;
    JsonObject object(row);
    object.text("dealer", key.first).number("year", key.second);
    object.number("invoiced", all).number("fleet", fleet);
    object.number("share_bp", (fleet * 10'000 * 2 + all) / (2 * all));
    object.close();
    result.rows.push_back(std::move(row));
  }
  return result;
}

}  // namespace projections
