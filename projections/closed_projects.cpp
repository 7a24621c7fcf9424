#include "projections/closed_projects.h"

#include <algorithm>

#include "projections/json.h"
#include "projections/known_events.h"

namespace projections {

ledger::Result<ClosedProjects> closed_projects(const EventSource& source, const Cut& cut) {
  const auto known = TRY(KnownEvents::of(source, cut));
  ClosedProjects closed;
  TRY(source.scan(
      schema::Payload::ProjectClosed, [&](const ledger::Entry& entry) -> ledger::Status {
        if (!known.hold(entry)) return ledger::Ok{};
        const auto day = ledger::business_date(entry.event->time()->ns());
        const auto project = entry.payload<schema::ProjectClosed>().project()->string_view();
        const auto [at, added] = closed.emplace(project, day);
        if (!added) at->second = std::max(at->second, day);
        return ledger::Ok{};
      }));
  return closed;
}

ledger::Result<ModelRows> print_true_ups(const Replay& replay, const Cut& cut,
                                         std::string_view dealer) {
  const auto& facts = replay.facts();
  const auto closed = TRY(closed_projects(replay.source(), cut));
  ModelRows result;
  std::vector<std::pair<std::pair<std::string_view, std::string>, std::string>> rows;
  for (const auto& line : replay.lines()) {
    const auto* created = replay.world().standing(View{}).order(line.order);
    if (created == nullptr || facts.dealer_names[created->dealer.value] != dealer) continue;
    const auto project = facts.project_names[created->project.value];
    const auto found = closed.find(project);
    if (found == closed.end()) continue;
    auto name = line_name(facts, line.order, line.kind);
    if (line.overflow) {
      result.overflows.push_back(std::move(name));
      continue;
    }
    std::string row;
    JsonObject object(row);
    object.text("project", project).text("line", name).text("dealer", dealer);
    object.text("closed", to_string(found->second));
    object.number("entitled_fen", line.now.entitled_fen);
    object.number("granted_fen", line.claims.granted_fen);
    object.number("issued_fen", line.claims.issued_fen);
    object.number("waived_fen", line.claims.waived_fen);
    object.number("true_up_fen", line.payable_fen > 0 ? line.payable_fen : -line.over_fen);
    object.close();
    rows.emplace_back(std::pair(project, std::move(name)), std::move(row));
  }
  std::sort(rows.begin(), rows.end());
  for (auto& [key, row] : rows) result.rows.push_back(std::move(row));
  return result;
}

}  // namespace projections
