// Prints `entitlements` and `clawbacks`.
#include <algorithm>

#include "tests/naive/demo.h"
#include "tests/naive/fine.h"
#include "tests/naive/json_line.h"
#include "tests/naive/line.h"
#include "tests/naive/models.h"

namespace naive {
namespace {

std::string print(const Unmet& unmet) {
  JsonLine json;
  if (!unmet.clause.empty()) json.add("clause", unmet.clause);
  json.add("condition", unmet.condition);
  if (unmet.event != nullptr) {
    JsonLine event;
    event.add("index", static_cast<std::int64_t>(unmet.event->index));
    event.add("source", unmet.event->source);
    event.add("id", unmet.event->id);
    json.add_raw("event", event.text());
  }
  return json.text();
}

std::string print(const Line& line) {
  JsonLine json;
  json.add("line", line.name());
  json.add("order", line.order_id);
  json.add("kind", line.kind);
  if (line.order) {
    json.add("dealer", line.order->dealer);
    json.add("customer", line.order->customer);
    json.add("party", line.party);
    json.add("project", line.order->project);
  }
  if (line.pack != nullptr) {
    json.add("policy", line.pack->policy);
    json.add("version", line.pack->version);
  }
  json.add("genuine", line.genuine);
  json.add("complete", line.complete);
  json.add("prior", line.prior);
  json.add("own", line.own);
  json.add("basis", line.basis);
  json.add("tier", line.tier);
  json.add("rate_fen", line.rate_fen);
  json.add("entitled_fen", line.entitled_fen);
  json.add("pending_fen", line.pending_fen);
  json.add("granted_fen", line.amounts.granted_fen);
  json.add("issued_fen", line.amounts.issued_fen);
  json.add("waived_fen", line.amounts.waived_fen);
  json.add("over_fen", line.over_fen());
  json.add("payable_fen", line.payable_fen());
  if (line.fallback) json.add("fallback", "standard");
  json.add("clause", line.clause);
  std::vector<std::string> unmet;
  for (const auto& condition : line.unmet) unmet.push_back(print(condition));
  json.add_raw("unmet", json_array(unmet));
  return json.text();
}

// How an over splits by what brought it about.
struct Causes {
  std::int64_t direct{}, cascade{}, correction{}, ineligible{};
};

std::int64_t over_in(const View& view, const Line& line) {
  return evaluate_line(view, line.order_id, line.kind, line.amounts).over_fen();
}

Causes causes_of(const View& view, const Line& line) {
  const auto left0 = line.over_fen();
  if (!line.order) return {0, 0, 0, left0};
  const auto& log = *view.history;
  const View without_own(log, view.cut, {false, line.order_id}, Corrections::made);
  const View without_any(log, view.cut, {true, {}}, Corrections::made);
  const View uncorrected(log, view.cut, {true, {}}, Corrections::undone);
  const auto left1 = std::min(left0, over_in(without_own, line));
  const auto left2 = std::min(left1, over_in(without_any, line));
  const auto left3 = std::min(left2, over_in(uncorrected, line));
  return {left0 - left1, left1 - left2, left2 - left3, left3};
}

// The vehicles that would count for the line's tier were there no findings.
Vins counted_without_findings(const View& view, const Line& line) {
  const View without_any(*view.history, view.cut, {true, {}}, Corrections::made);
  if (!line.prior || line.pack == nullptr) return {};
  auto vins = prior(without_any, *line.pack, *line.order);
  vins.merge(own(without_any, *line.pack, *line.order));
  return vins;
}

std::vector<std::string> findings_behind(const View& view, const Line& line, const Causes& causes) {
  std::set<std::string> ids;
  if (causes.direct > 0) {
    for (const auto& finding : findings_on(view, line.order_id)) ids.insert(finding.id);
  }
  if (causes.cascade > 0) {
    const auto counted = counted_without_findings(view, line);
    for (const auto& finding : view.findings) {
      const bool names_one =
          std::any_of(finding.vins.begin(), finding.vins.end(),
                      [&](const std::string& vin) { return counted.count(vin) > 0; });
      if (finding.order != line.order_id && names_one) ids.insert(finding.id);
    }
  }
  return {ids.begin(), ids.end()};
}

void add_causes(JsonLine& json, std::int64_t over, const Causes& causes) {
  json.add("over_fen", over);
  json.add("direct_fen", causes.direct);
  json.add("cascade_fen", causes.cascade);
  json.add("correction_fen", causes.correction);
  json.add("ineligible_fen", causes.ineligible);
}

std::string print_over(const View& view, const Line& line) {
  const auto causes = causes_of(view, line);
  JsonLine json;
  json.add("line", line.name());
  if (line.order) json.add("dealer", line.order->dealer);
  json.add("order", line.order_id);
  add_causes(json, line.over_fen(), causes);
  json.add("findings", findings_behind(view, line, causes));
  json.add("clause", line.clause);
  return json.text();
}

std::string print_over(const Demo& demo) {
  JsonLine json;
  json.add("line", demo.vin + "/demo");
  json.add("dealer", demo.dealer);
  add_causes(json, demo.over_fen, {0, 0, 0, demo.over_fen});
  json.add("findings", std::vector<std::string>{});
  json.add("clause", "C-III");
  return json.text();
}

std::string print(const Fine& fine) {
  JsonLine json;
  json.add("line", fine.penalty + "/fine");
  json.add("dealer", fine.dealer);
  json.add("order", fine.order);
  std::vector<std::string> findings;
  if (fine.finding) findings.push_back(*fine.finding);
  json.add("findings", findings);
  json.add("clause", fine.finding ? "N8.4" : "N8.3");
  json.add("due_fen", fine.due_fen);
  json.add_bool("out_of_range", fine.out_of_range);
  return json.text();
}

}  // namespace

Models::Lines print_entitlements(const View& view) {
  Models::Lines lines;
  for (const auto& line : all_lines(view)) lines.push_back(print(line));
  return lines;
}

Models::Lines print_clawbacks(const View& view) {
  std::map<std::string, std::string> by_name;
  for (const auto& line : all_lines(view)) {
    if (line.over_fen() > 0) by_name[line.name()] = print_over(view, line);
  }
  for (const auto& demo : all_demos(view)) {
    if (demo.over_fen > 0) by_name[demo.vin + "/demo"] = print_over(demo);
  }
  for (const auto& fine : all_fines(view)) by_name[fine.penalty + "/fine"] = print(fine);
  Models::Lines lines;
  for (const auto& [name, line] : by_name) lines.push_back(line);
  return lines;
}

}  // namespace naive
