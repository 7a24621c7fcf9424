#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>
#include <variant>

#include "projections/json.h"
#include "projections/models.h"
#include "projections/protection.h"

namespace projections {
namespace {

using ledger::Date;

constexpr std::int64_t hour_ns = 3'600'000'000'000;

// In the order of their names.
enum class Kind : std::uint8_t { fleet_manager, progress, settlement_5wd, status_24h, support_48h };

struct KindText {
  std::string_view name, subject;  // what the subject is: its id follows
};

constexpr std::array<KindText, 5> kind_texts = {{{"fleet_manager", "order/"},
                                                 {"progress", "filing/"},
                                                 {"settlement_5wd", "settlement/"},
                                                 {"status_24h", "vehicle/"},
                                                 {"support_48h", "order/"}}};

// A date, or an instant as it was recorded, or nothing. Of one kind of obligation all are alike,
// and come in the order of their texts.
using When = std::variant<std::monostate, Date, Recorded>;

struct Obligation {
  std::string_view id;
  std::uint32_t index = 0;
  When due, done;
  std::string_view state = {};
  std::optional<Date> valid_until = {};
};

void print_when(std::string_view key, const When& when, JsonObject& object) {
  if (const auto* date = std::get_if<Date>(&when)) {
    object.text(key, to_string(*date));
  } else if (const auto* instant = std::get_if<Recorded>(&when)) {
    // Service levels print it at +08:00, with the fraction as given.
    object.text(key,
                to_string(ledger::Timestamp{instant->ns, 8 * 60, instant->fraction_digits, false}));
  }
}

class Obligations {
 public:
  explicit Obligations(const Replay& replay)
      : replay_(replay), world_(replay.world()), facts_(replay.facts()) {}

  // One kind after the other, in the order of their names: there are millions of rows.
  ModelRows print() && {
    add_managers();
    print_rows(Kind::fleet_manager);
    add_progress();
    print_rows(Kind::progress);
    add_settlements();
    print_rows(Kind::settlement_5wd);
    add_status();
    print_rows(Kind::status_24h);
    add_support();
    print_rows(Kind::support_48h);
    return std::move(printed_);
  }

 private:
  const policy::FleetPack::ServiceLevels* levels_of(OrderId order) const {
    const auto* pack = world_.pack_of(order);
    return pack != nullptr ? &pack->fleet()->service_levels : nullptr;
  }

  void add_by_clock(std::string_view id, const Recorded& asked, int hours, const Recorded* answered,
                    std::uint32_t index) {
    const Recorded due{asked.ns + hours * hour_ns, asked.fraction_digits};
    const bool in_time = answered != nullptr && answered->ns <= due.ns;
    rows_.push_back({id, index, due, answered != nullptr ? When(*answered) : When()});
    judge(answered != nullptr, in_time, ledger::business_date(due.ns));
  }

  void add_by_date(std::string_view id, Date due, std::optional<Date> done, std::uint32_t index) {
    rows_.push_back({id, index, due, done ? When(*done) : When()});
    judge(done.has_value(), done && *done <= due, due);
  }

  // Says what the last row stands at.
  void judge(bool done, bool in_time, Date due) {
    auto& row = rows_.back();
    const auto as_of = replay_.as_of();
    if (done) {
      row.state = in_time ? "met" : "late";
    } else if (as_of && due < *as_of) {
      row.state = "overdue";
    } else {
      row.state = "open";
      row.valid_until = due;
    }
  }

  void add_support();
  void add_settlements();
  void add_status();
  void add_progress();
  void add_managers();
  void print_rows(Kind kind);
  bool has_manager(const OrderCreated& order) const;

  const Replay& replay_;
  const World& world_;
  const Facts& facts_;
  std::vector<Obligation> rows_;  // of the kind in hand
  ModelRows printed_;
};

void Obligations::add_support() {
  for (const auto& request : facts_.support_requested.all()) {
    const auto* levels = levels_of(request.order);
    if (!stands(request) || levels == nullptr) continue;
    const auto* answer = facts_.support_decided.earliest(
        facts_.orders[request.order.value].decided, [&](const SupportDecided& decided) {
          return stands(decided) && decided.kind == request.kind && earlier(request, decided);
        });
    add_by_clock(facts_.order_names[request.order.value], request.recorded, levels->support_hours,
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
    add_by_date(facts_.settlement_names[request.settlement.value], due, done, request.index);
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
    add_by_clock(facts_.vin_names[delivery.vin.value], delivery.recorded, levels->status_hours,
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
      add_by_date(facts_.filing_names[number], day.due, day.done, day.index);
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
    rows_.push_back({facts_.order_names[number], created->index, {}, {}, "overdue"});
  }
}

void Obligations::print_rows(Kind kind) {
  std::sort(rows_.begin(), rows_.end(), [](const Obligation& a, const Obligation& b) {
    return std::tie(a.id, a.due, a.index) < std::tie(b.id, b.due, b.index);
  });
  const auto& text = kind_texts[static_cast<std::size_t>(kind)];
  std::string subject;
  for (const auto& row : rows_) {
    subject.assign(text.subject).append(row.id);
    std::string out;
    JsonObject object(out);
    object.text("obligation", text.name).text("subject", subject);
    print_when("due", row.due, object);
    print_when("done", row.done, object);
    object.text("state", row.state);
    object.close();
    printed_.rows.push_back(std::move(out));
    printed_.valid_until.push_back(row.valid_until);
  }
  rows_.clear();
}

}  // namespace

ledger::Result<ModelRows> print_obligations(const Replay& replay) {
  return Obligations(replay).print();
}

}  // namespace projections
