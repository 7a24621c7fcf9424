#include "projections/explain.h"

#include <algorithm>

#include "projections/derivation.h"
#include "projections/unmet_rows.h"

namespace projections {
namespace {

using ledger::Date;
using ledger::Error;
using ledger::ErrorCode;
using ledger::Result;
using schema::LineKind;

std::optional<std::uint32_t> event_of(const Fact* fact) {
  if (fact == nullptr) return std::nullopt;
  return fact->index;
}

// The event that published the pack.
std::optional<std::uint32_t> publication_of(const Facts& facts, const policy::Pack* pack) {
  for (const auto& published : facts.packs_published.all()) {
    if (facts.packs[published.pack].get() == pack) return published.index;
  }
  return std::nullopt;
}

// The tree of one line.
class LineDerivation {
 public:
  LineDerivation(const World& world, const Line& line)
      : world_(world), facts_(world.facts()), line_(line), now_(line.now) {}

  Derivation derive();

 private:
  void add_policy();
  void add_counts();
  void add_excluded();
  void add_contributions(const char* name, const std::vector<Contribution>& parts);
  void add_vehicles(bool complete_only, std::string_view clause);
  void per_vehicle();
  void reward();
  void floating_rebate();

  bool pays() const { return now_.unmet.empty() || now_.fallback; }

  const World& world_;
  const Facts& facts_;
  const Line& line_;
  const Evaluation& now_;
  Derivation root_;
};

void LineDerivation::add_policy() {
  if (now_.pack == nullptr) return;
  const auto event = publication_of(facts_, now_.pack);
  root_.add("policy", now_.pack->policy, event);
  root_.add("version", std::int64_t{now_.pack->version}, event);
}

void LineDerivation::add_contributions(const char* name, const std::vector<Contribution>& parts) {
  const auto& standing = world_.standing(View{});
  for (const auto& part : parts) {
    const auto order = facts_.order_names[part.order.value];
    root_.add(std::string(name).append(order), part.vehicles, event_of(standing.order(part.order)));
  }
}

void LineDerivation::add_counts() {
  root_.add("ordered", to_string(Date{now_.created->day}), now_.created->index);
  root_.add("genuine", now_.deliveries.genuine);
  if (now_.rules() == nullptr) return;
  const bool by_basis = line_.kind == LineKind::standard || line_.kind == LineKind::special ||
                        line_.kind == LineKind::recognised;
  if (!by_basis) return;
  root_.add("complete", now_.deliveries.complete);
  root_.add("prior", now_.accumulated.prior_count);
  add_contributions("prior from ", now_.accumulated.prior);
  root_.add("own", now_.accumulated.own_count);
  add_contributions("own from ", now_.accumulated.own);
  root_.add("basis", now_.basis());
  if (now_.tier != nullptr) root_.add("tier", std::int64_t{now_.tier->from});
}

// Vehicles that a finding takes out of the count, each with its confirmation.
void LineDerivation::add_excluded() {
  for (const auto finding : world_.findings().on(line_.order)) {
    const auto& state = world_.findings()[finding];
    for (const auto vin : state.vins) {
      root_.add("false vehicle", facts_.vin_names[vin.value], state.confirmed->index);
    }
  }
}

void LineDerivation::add_vehicles(bool complete_only, std::string_view clause) {
  const View view;
  for (const auto& held : world_.standing(view).held(line_.order)) {
    if (!is_genuine(held, line_.order, view)) continue;
    if (complete_only && !has_papers(world_, held.vin, now_.rules()->completeness, view)) continue;
    Derivation vehicle;
    vehicle.label = facts_.vin_names[held.vin.value];
    vehicle.clause = clause;
    vehicle.amount_fen = *now_.rate_fen;
    vehicle.formula = "rate_fen";
    vehicle.add("delivered", to_string(Date{held.delivery->day}), held.delivery->index);
    root_.children.push_back(std::move(vehicle));
  }
  std::sort(root_.children.begin(), root_.children.end(),
            [](const Derivation& a, const Derivation& b) { return a.label < b.label; });
}

void LineDerivation::per_vehicle() {
  const bool fee = line_.kind == LineKind::delivery_fee;
  root_.formula = fee ? "rate_fen × genuine" : "rate_fen × complete";
  if (!now_.rate_fen) return;
  const auto from_pack = publication_of(facts_, now_.pack);
  root_.add("rate_fen", *now_.rate_fen,
            now_.rate_from != nullptr ? event_of(now_.rate_from) : from_pack);
  if (!pays()) return;
  const auto* rules = now_.rules();
  const bool due = fee || has_status(world_, line_.order, rules->completeness, View{});
  if (due) add_vehicles(!fee, fee ? "N8.2" : "N9.4");
}

void LineDerivation::reward() {
  root_.formula = "invoiced_fen × rate_bp ÷ 10,000";
  if (line_.now.rate_from != nullptr) {
    const auto* decided = static_cast<const RewardDecided*>(now_.rate_from);
    root_.add("rate_bp", std::int64_t{decided->rate_bp}, decided->index);
  }
  root_.add("invoiced_fen", now_.invoiced_fen);
  const View view;
  for (const auto& held : world_.standing(view).held(line_.order)) {
    if (!is_genuine(held, line_.order, view)) continue;
    if (const auto* invoice = invoice_of(world_, held.vin, line_.order, view)) {
      root_.add("price of " + std::string(facts_.vin_names[held.vin.value]), invoice->price_fen,
                invoice->index);
    }
  }
}

void LineDerivation::floating_rebate() {
  if (now_.zeroed) {
    root_.formula = "0";
    root_.add("rate_fen", 0);
    return;
  }
  root_.formula = "max(0, granted_fen − issued_fen + waived_fen)";
  root_.add("granted_fen", line_.claims.granted_fen);
  root_.add("issued_fen", line_.claims.issued_fen);
  root_.add("waived_fen", line_.claims.waived_fen);
}

Derivation LineDerivation::derive() {
  root_.label = line_name(facts_, line_.order, line_.kind);
  root_.clause = now_.clause;
  root_.amount_fen = now_.entitled_fen;
  if (now_.created == nullptr) {
    root_.formula = "0";
    root_.add("genuine", now_.deliveries.genuine);
    return std::move(root_);
  }
  add_policy();
  add_counts();
  add_excluded();
  if (line_.kind == LineKind::reward) {
    reward();
  } else if (line_.kind == LineKind::floating_rebate) {
    floating_rebate();
  } else {
    per_vehicle();
  }
  return std::move(root_);
}

const Line* find_line(const Replay& replay, std::string_view name) {
  const auto& facts = replay.facts();
  const OrderId order{facts.order_names.find(name.substr(0, name.rfind('/')))};
  for (const auto& line : replay.lines()) {
    if (line.order == order && line_name(facts, line.order, line.kind) == name) return &line;
  }
  return nullptr;
}

std::string fine_name(const Facts& facts, const Fine& fine) {
  return std::string(facts.penalty_names[fine.penalty.value]) + "/fine";
}

std::string demo_name(const Facts& facts, const Demo& demo) {
  return std::string(facts.vin_names[demo.vin.value]) + "/demo";
}

Derivation derive(const Facts& facts, const Fine& fine) {
  Derivation root;
  root.label = fine_name(facts, fine);
  root.clause = fine.clause;
  root.amount_fen = fine.due_fen;
  root.formula = "amount_fen when it stands, is in range and is the first; else 0";
  root.add("amount_fen", fine.imposed->amount_fen, fine.imposed->index);
  root.add("out of range", fine.out_of_range ? "yes" : "no");
  if (fine.imposed->finding) {
    root.add("finding", facts.finding_names[fine.imposed->finding.value], event_of(fine.basis));
  } else {
    root.add("complaint", facts.complaint_names[fine.imposed->complaint.value],
             event_of(fine.basis));
  }
  return root;
}

Derivation derive(const Facts& facts, const Demo& demo) {
  Derivation root;
  root.label = demo_name(facts, demo);
  root.clause = "C-III";
  root.amount_fen = demo.clawback_fen;
  root.formula =
      "max(0, guide_price_fen − price_fen) when disposed of within the keeping period; else 0";
  if (demo.purchased != nullptr) {
    root.add("guide_price_fen", demo.purchased->guide_price_fen, demo.purchased->index);
    root.add("price_fen", demo.purchased->price_fen, demo.purchased->index);
  }
  if (demo.disposed != nullptr) {
    root.add("disposed", to_string(Date{demo.disposed->day}), demo.disposed->index);
  }
  return root;
}

Error unknown_line(std::string_view line) {
  return {ErrorCode::not_found,
          ledger::worded("no line named {} in this cut; wanted <order>/<kind>, <penalty>/fine or "
                         "<vin>/demo. `tally entitlements` and `tally clawbacks` list the lines "
                         "there are.",
                         "此截面中没有名为 {} 的行；应为 <order>/<kind>、<penalty>/fine 或 "
                         "<vin>/demo。`tally entitlements` 与 `tally clawbacks` 列出现有各行。",
                         line)};
}

Result<std::string> print(const Replay& replay, const Derivation& root,
                          const std::vector<Unmet>& unmet) {
  std::vector<std::uint32_t> cited;
  collect_events(root, cited);
  for (const auto& condition : unmet) {
    if (condition.event) cited.push_back(*condition.event);
  }
  const auto events = TRY(EventNames::read(replay.source(), std::move(cited)));
  std::optional<std::string> conditions;
  if (!unmet.empty()) append_unmet(unmet, events, conditions.emplace());
  std::string out;
  append_derivation(root, events, conditions, out);
  return out;
}

}  // namespace

Result<std::string> explain(const Replay& replay, std::string_view line) {
  const auto& facts = replay.facts();
  if (const auto* found = find_line(replay, line)) {
    if (found->overflow) {
      return Error{ErrorCode::invalid,
                   ledger::worded("{}: its amounts do not fit into 64 bits of fen",
                                  "{}：其金额（以分计）超出 64 位整数", line)};
    }
    return print(replay, LineDerivation(replay.world(), *found).derive(), found->now.unmet);
  }
  for (const auto& fine : replay.fines()) {
    const auto root = derive(facts, fine);
    if (root.label == line) return print(replay, root, {});
  }
  for (const auto& demo : replay.demos()) {
    const auto root = derive(facts, demo);
    if (root.label == line) return print(replay, root, {});
  }
  return unknown_line(line);
}

const policy::Pack* pack_behind(const Replay& replay, std::string_view line) {
  const auto& facts = replay.facts();
  if (const auto* found = find_line(replay, line)) return found->now.pack;
  for (const auto& fine : replay.fines()) {
    if (fine_name(facts, fine) == line) return fine.pack;
  }
  for (const auto& demo : replay.demos()) {
    if (demo_name(facts, demo) == line) return demo.pack;
  }
  return nullptr;
}

}  // namespace projections
