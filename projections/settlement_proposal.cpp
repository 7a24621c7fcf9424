#include "projections/settlement_proposal.h"

#include <algorithm>
#include <map>

#include "ledger/idempotency_key.h"
#include "projections/closed_projects.h"
#include "projections/json.h"
#include "projections/policy/money.h"
#include "projections/proposed_event.h"
#include "projections/settlement_desk.h"

namespace projections {
namespace {

using policy::Int128;

constexpr std::string_view event_source = "tally/settle";
constexpr std::int64_t fen_max = 10'000'000'000'000;  // what an event can say

// `source#id` of events, by log index.
ledger::Result<std::map<std::uint32_t, std::string>> keys_of(const EventSource& source,
                                                             const std::vector<DeskLine>& desk) {
  std::map<std::uint32_t, std::string> keys;
  for (const auto& entry : desk) {
    if (entry.request != nullptr) keys[entry.request->index];
  }
  std::vector<ledger::Sequence> indexes;
  indexes.reserve(keys.size());
  for (const auto& [index, key] : keys) indexes.push_back({index});
  TRY(source.read_each(indexes, [&](const ledger::Entry& entry) -> ledger::Status {
    keys[static_cast<std::uint32_t>(entry.index.value)] = ledger::idempotency_key(*entry.event);
    return ledger::Ok{};
  }));
  return keys;
}

// How many settlement events the line has had, voided ones too.
std::int64_t steps_of(const Facts& facts, const Line& line) {
  std::int64_t steps = 0;
  for (FactRef at = facts.orders[line.order.value].settlements; at != no_fact;) {
    const auto& step = facts.settlements[at];
    if (step.kind == line.kind) ++steps;
    at = step.previous_of_order;
  }
  return steps;
}

std::string approval(const Facts& facts, const DeskLine& desk, std::string_view stage,
                     ledger::Date day, const std::string& cause) {
  const auto& line = *desk.line;
  const auto name = line_name(facts, line.order, line.kind);
  const auto steps = std::to_string(steps_of(facts, line));
  const auto amount = std::to_string(line.payable_fen);
  const auto settlement = desk.request != nullptr
                              ? std::string(facts.settlement_names[desk.request->settlement.value])
                              : id_of("S-", {name, steps});
  ProposedEvent event;
  event.id = id_of("approve-", {name, steps, amount});
  event.source = event_source;
  event.type = "settlement.approved";
  event.subject = "settlement/" + settlement;
  event.day = day;
  event.role = "settlement";
  event.causation = cause;
  JsonObject data(event.data);
  data.text("settlement", settlement);
  data.text("order", facts.order_names[line.order.value]);
  data.text("kind", kind_name(line.kind));
  data.text("stage", stage);
  data.number("amount_fen", line.payable_fen);
  data.close();
  return outside_form(event);
}

struct Credit {
  Int128 fen = 0;
  std::int64_t setoffs = 0;  // voided ones too
};

Credit credit_of(const Replay& replay, std::string_view dealer) {
  const auto& facts = replay.facts();
  Credit credit;
  for (const auto& line : replay.lines()) {
    const auto* created = replay.world().standing(View{}).order(line.order);
    if (created != nullptr && facts.dealer_names[created->dealer.value] == dealer)
      credit.fen += line.claims.granted_fen;
  }
  for (const auto& setoff : facts.setoffs.all()) {
    if (facts.dealer_names[setoff.dealer.value] != dealer) continue;
    ++credit.setoffs;
    if (stands(setoff)) credit.fen -= setoff.amount_fen;
  }
  return credit;
}

std::string setoff(std::string_view dealer, std::string_view invoice, std::int64_t amount_fen,
                   std::int64_t number, ledger::Date day) {
  ProposedEvent event;
  event.id =
      id_of("setoff-", {dealer, invoice, std::to_string(number), std::to_string(amount_fen)});
  event.source = event_source;
  event.type = "setoff.applied";
  event.subject = "dealer/" + std::string(dealer);
  event.day = day;
  event.role = "settlement";
  JsonObject data(event.data);
  data.text("dealer", dealer).text("invoice", invoice).number("amount_fen", amount_fen);
  data.close();
  return outside_form(event);
}

}  // namespace

ledger::Result<Proposal> propose_settlement(const Replay& replay, const Cut& cut,
                                            std::string_view dealer, std::string_view invoice) {
  Proposal proposal;
  const auto as_of = replay.as_of();
  if (!as_of) return proposal;
  const auto& facts = replay.facts();
  const auto desk = desk_lines(replay, dealer);
  const auto closed = TRY(closed_projects(replay.source(), cut));
  const auto keys = TRY(keys_of(replay.source(), desk));
  Int128 approved = 0;
  bool too_much = false;
  for (const auto& entry : desk) {
    if (entry.line->payable_fen == 0) continue;
    const auto project = facts.project_names[entry.line->now.created->project.value];
    const auto stage = closed.contains(project) ? "final" : "interim";
    const auto cause = entry.request != nullptr ? keys.at(entry.request->index) : std::string();
    proposal.events.push_back(approval(facts, entry, stage, *as_of, cause));
    approved += entry.line->payable_fen;
    too_much = too_much || entry.line->payable_fen > fen_max;
  }
  const auto credit = credit_of(replay, dealer);
  const auto approved_fen = policy::narrow(approved);
  const auto setoff_fen = policy::narrow(credit.fen + approved);
  if (!approved_fen || !setoff_fen || too_much) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         ledger::worded("dealer {} has an amount beyond what an event can say; "
                                        "look for an event with an impossible amount (tally log)",
                                        "经销商 {} 有金额超出事件所能记录的范围；"
                                        "请查找金额不合理的事件（tally log）",
                                        dealer)};
  }
  proposal.approved_fen = *approved_fen;
  if (*setoff_fen <= 0) return proposal;
  proposal.setoff_fen = std::min(*setoff_fen, fen_max);
  proposal.events.push_back(setoff(dealer, invoice, proposal.setoff_fen, credit.setoffs, *as_of));
  return proposal;
}

}  // namespace projections
