#include <algorithm>
#include <map>
#include <tuple>

#include "projections/json.h"
#include "projections/models.h"
#include "projections/protection.h"

namespace projections {
namespace {

using ledger::Date;

constexpr std::int64_t hour_ns = 3'600'000'000'000;

// An instant as service levels print it: at +08:00, with the fraction as given.
std::string at_china(const Recorded& recorded) {
  return to_string(ledger::Timestamp{recorded.ns, 8 * 60, recorded.fraction_digits, false});
}

struct Obligation {
  std::string_view name;
  std::string subject;
  std::uint32_t index = 0;
  std::string due, done;  // empty: absent
  std::string_view state;
};

std::string_view state_of(bool done, bool in_time, Date due, const Replay& replay) {
  if (done) return in_time ? "met" : "late";
  const auto as_of = replay.as_of();
  return as_of && due < *as_of ? "overdue" : "open";
}

class Obligations {
 public:
  explicit Obligations(const Replay& replay)
      : replay_(replay), world_(replay.world()), facts_(replay.facts()) {
    add_support();
    add_settlements();
    add_status();
    add_progress();
    add_managers();
    std::sort(rows_.begin(), rows_.end(), [](const Obligation& a, const Obligation& b) {
      return std::tie(a.name, a.subject, a.due, a.index) <
             std::tie(b.name, b.subject, b.due, b.index);
    });
  }

  const std::vector<Obligation>& rows() const { return rows_; }

 private:
  const policy::FleetPack::ServiceLevels* levels_of(OrderId order) const {
    const auto* pack = world_.pack_of(order);
    return pack != nullptr ? &pack->fleet()->service_levels : nullptr;
  }

  void add_by_clock(std::string_view name, std::string subject, const Recorded& asked, int hours,
                    const Recorded* answered, std::uint32_t index) {
    const Recorded due{asked.ns + hours * hour_ns, asked.fraction_digits};
    const bool in_time = answered != nullptr && answered->ns <= due.ns;
    rows_.push_back(
        {name, std::move(subject), index, at_china(due),
         answered != nullptr ? at_china(*answered) : std::string(),
         state_of(answered != nullptr, in_time, ledger::business_date(due.ns), replay_)});
  }

  void add_by_date(std::string_view name, std::string subject, Date due, std::optional<Date> done,
                   std::uint32_t index) {
    rows_.push_back({name, std::move(subject), index, to_string(due),
                     done ? to_string(*done) : std::string(),
                     state_of(done.has_value(), done && *done <= due, due, replay_)});
  }

  void add_support();
  void add_settlements();
  void add_status();
  void add_progress();
  void add_managers();
  bool has_manager(const OrderCreated& order) const;

  const Replay& replay_;
  const World& world_;
  const Facts& facts_;
  std::vector<Obligation> rows_;
};

void Obligations::add_support() {
  for (const auto& request : facts_.support_requested.all()) {
    const auto* levels = levels_of(request.order);
    if (!stands(request) || levels == nullptr) continue;
    const auto* answer = facts_.support_decided.earliest(
        facts_.orders[request.order.value].decided, [&](const SupportDecided& decided) {
          return stands(decided) && decided.kind == request.kind && earlier(request, decided);
        });
    add_by_clock("support_48h", "order/" + std::string(facts_.order_names[request.order.value]),
                 request.recorded, levels->support_hours,
                 answer != nullptr ? &answer->recorded : nullptr, request.index);
  }
}

void Obligations::add_settlements() {
  for (const auto& request : facts_.settlements.all()) {
    if (!stands(request) || request.step != Settlement::Kind::requested) continue;
    const auto* levels = levels_of(request.order);
    if (levels == nullptr) continue;
    const auto* answer = facts_.settlements.earliest(
        facts_.settlement_chains[request.settlement.value], [&](const Settlement& step) {
          return stands(step) && step.step != Settlement::Kind::requested && earlier(request, step);
        });
    const auto due = world_.policies().calendar().add_working_days(
        ledger::business_date(request.recorded.ns), levels->settlement_working_days);
    std::optional<Date> done;
    if (answer != nullptr) done = ledger::business_date(answer->recorded.ns);
    add_by_date("settlement_5wd",
                "settlement/" + std::string(facts_.settlement_names[request.settlement.value]), due,
                done, request.index);
  }
}

void Obligations::add_status() {
  for (const auto& delivery : facts_.movements.all()) {
    if (!stands(delivery) || !delivery.delivery) continue;
    const auto* levels = levels_of(delivery.order);
    if (levels == nullptr) continue;
    const auto* answer = facts_.status.earliest(
        facts_.orders[delivery.order.value].status,
        [&](const StatusEntered& status) { return stands(status) && earlier(delivery, status); });
    add_by_clock("status_24h", "vehicle/" + std::string(facts_.vin_names[delivery.vin.value]),
                 delivery.recorded, levels->status_hours,
                 answer != nullptr ? &answer->recorded : nullptr, delivery.index);
  }
}

void Obligations::add_progress() {
  for (std::uint32_t number = 0; number < facts_.filings.size(); ++number) {
    const auto& filing = facts_.filings[number];
    const auto* submitted = facts_.submitted.latest(filing.submitted, stands);
    if (submitted == nullptr) continue;
    const auto protection = protection_of(world_, filing, *submitted);
    if (!protection) continue;
    for (const auto& day : protection->progress) {
      add_by_date("progress", "filing/" + std::string(facts_.filing_names[number]), day.due,
                  day.done, day.index);
    }
  }
}

// N7.2: managers assigned and not removed, by name, at the end of the order's date.
bool Obligations::has_manager(const OrderCreated& order) const {
  std::map<TextId, const ManagerChanged*> latest;
  facts_.managers.each(facts_.dealers[order.dealer.value].managers,
                       [&](const ManagerChanged& change) {
                         if (!stands(change) || change.day > order.day) return;
                         auto& standing = latest[change.person];
                         if (standing == nullptr || earlier(*standing, change)) standing = &change;
                       });
  return std::any_of(latest.begin(), latest.end(),
                     [](const auto& entry) { return entry.second->assigned; });
}

void Obligations::add_managers() {
  for (std::uint32_t number = 0; number < facts_.orders.size(); ++number) {
    const auto* created = world_.standing(View{}).order(OrderId{number});
    if (created == nullptr || has_manager(*created)) continue;
    rows_.push_back({"fleet_manager",
                     "order/" + std::string(facts_.order_names[number]),
                     created->index,
                     {},
                     {},
                     "overdue"});
  }
}

}  // namespace

ledger::Result<ModelRows> print_obligations(const Replay& replay) {
  ModelRows result;
  const Obligations obligations(replay);
  for (const auto& row : obligations.rows()) {
    std::string out;
    JsonObject object(out);
    object.text("obligation", row.name).text("subject", row.subject);
    if (!row.due.empty()) object.text("due", row.due);
    if (!row.done.empty()) object.text("done", row.done);
    object.text("state", row.state);
    object.close();
    result.rows.push_back(std::move(out));
  }
  return result;
}

}  // namespace projections
