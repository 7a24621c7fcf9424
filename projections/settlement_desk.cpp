#include "projections/settlement_desk.h"

#include <algorithm>

#include "projections/json.h"
#include "projections/unmet_rows.h"

namespace projections {
namespace {

bool answered(const Facts& facts, const Settlement& request) {
  return facts.settlements.earliest(
             facts.settlement_chains[request.settlement.value], [&](const Settlement& step) {
               return stands(step) && step.step != Settlement::Kind::requested &&
                      earlier(request, step);
             }) != nullptr;
}

const Settlement* latest_unanswered(const Facts& facts, const Line& line) {
  const Settlement* latest = nullptr;
  for (FactRef at = facts.orders[line.order.value].settlements; at != no_fact;) {
    const auto& step = facts.settlements[at];
    const bool open = stands(step) && step.step == Settlement::Kind::requested &&
                      step.kind == line.kind && !answered(facts, step);
    if (open && (latest == nullptr || earlier(*latest, step))) latest = &step;
    at = step.previous_of_order;
  }
  return latest;
}

std::optional<ledger::Date> due_date(const World& world, const Settlement& request) {
  const auto* pack = world.pack_of(request.order);
  if (pack == nullptr) return std::nullopt;
  return world.policies().calendar().add_working_days(
      ledger::business_date(request.recorded.ns),
      pack->fleet()->service_levels.settlement_working_days);
}

std::string row_of(const Replay& replay, const DeskLine& desk,
                   const std::vector<Exposure>& exposures, const EventNames& events) {
  const auto& facts = replay.facts();
  const auto& line = *desk.line;
  std::string row;
  JsonObject object(row);
  object.text("line", line_name(facts, line.order, line.kind));
  object.text("dealer", facts.dealer_names[line.now.created->dealer.value]);
  object.number("payable_fen", line.payable_fen);
  if (desk.due) object.text("due", to_string(*desk.due));
  const Case tested(replay.world(), line.order, line.kind, View{});
  object.array("met", met_conditions(tested), [](const Met& met, std::string& out) {
    JsonObject one(out);
    if (!met.clause.empty()) one.text("clause", met.clause);
    one.text("condition", name_of(met.condition));
    one.close();
  });
  std::string unmet;
  append_unmet(line.now.unmet, events, unmet);
  object.raw("unmet", unmet);
  object.array("exposure", exposures, [&](const Exposure& exposure, std::string& out) {
    append_exposure(facts, exposure, events, out);
  });
  object.close();
  return row;
}

bool is_of(const Facts& facts, const Line& line, std::string_view dealer) {
  return line.now.created != nullptr &&
         facts.dealer_names[line.now.created->dealer.value] == dealer;
}

}  // namespace

std::vector<DeskLine> desk_lines(const Replay& replay, std::string_view dealer) {
  const auto& facts = replay.facts();
  std::vector<DeskLine> desk;
  for (const auto& line : replay.lines()) {
    if (line.overflow || !is_of(facts, line, dealer)) continue;
    DeskLine entry{&line, latest_unanswered(facts, line), std::nullopt};
    if (line.payable_fen == 0 && entry.request == nullptr) continue;
    if (entry.request != nullptr) entry.due = due_date(replay.world(), *entry.request);
    desk.push_back(entry);
  }
  std::stable_sort(desk.begin(), desk.end(), [](const DeskLine& a, const DeskLine& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    return a.due < b.due;
  });
  return desk;
}

ledger::Result<ModelRows> print_settlement_desk(const Replay& replay, const Cut& cut,
                                                std::string_view dealer) {
  const auto& facts = replay.facts();
  ModelRows result;
  for (const auto& line : replay.lines()) {
    const auto* created = replay.world().standing(View{}).order(line.order);
    if (line.overflow && created != nullptr && facts.dealer_names[created->dealer.value] == dealer)
      result.overflows.push_back(line_name(facts, line.order, line.kind));
  }
  const auto desk = desk_lines(replay, dealer);
  if (desk.empty()) return result;
  const auto exposures = TRY(Exposures::of(replay, cut));
  std::vector<std::vector<Exposure>> hanging;
  std::vector<std::uint32_t> cited;
  hanging.reserve(desk.size());
  for (const auto& entry : desk) {
    hanging.push_back(exposures.on(*entry.line));
    for (const auto& exposure : hanging.back()) {
      if (exposure.event) cited.push_back(*exposure.event);
    }
    for (const auto& unmet : entry.line->now.unmet) {
      if (unmet.event) cited.push_back(*unmet.event);
    }
  }
  const auto events = TRY(EventNames::read(replay.source(), std::move(cited)));
  for (std::size_t at = 0; at < desk.size(); ++at)
    result.rows.push_back(row_of(replay, desk[at], hanging[at], events));
  return result;
}

}  // namespace projections
