#include <algorithm>

#include "projections/json.h"
#include "projections/models.h"

namespace projections {
namespace {

struct Row {
  std::string name;
  std::string json;
};

void put_causes(const Causes& causes, std::int64_t over_fen, JsonObject& object) {
  object.number("over_fen", over_fen);
  object.number("direct_fen", causes.direct_fen);
  object.number("cascade_fen", causes.cascade_fen);
  object.number("correction_fen", causes.correction_fen);
  object.number("ineligible_fen", causes.ineligible_fen);
}

void put_findings(const Facts& facts, const std::vector<FindingId>& findings, JsonObject& object) {
  object.array("findings", findings, [&](FindingId finding, std::string& out) {
    append_quoted(facts.finding_names[finding.value], out);
  });
}

Row row_of(const Facts& facts, const Line& line) {
  Row row{line_name(facts, line.order, line.kind), {}};
  JsonObject object(row.json);
  object.text("line", row.name);
  if (line.now.created != nullptr) {
    object.text("dealer", facts.dealer_names[line.now.created->dealer.value]);
  }
  object.text("order", facts.order_names[line.order.value]);
  put_causes(line.causes, line.over_fen, object);
  put_findings(facts, line.findings, object);
  object.text("clause", line.now.clause);
  object.close();
  return row;
}

Row row_of(const Facts& facts, const Demo& demo) {
  Row row{std::string(facts.vin_names[demo.vin.value]) + "/demo", {}};
  JsonObject object(row.json);
  object.text("line", row.name);
  object.text("dealer", facts.dealer_names[demo.dealer.value]);
  Causes causes;
  causes.ineligible_fen = demo.over_fen;
  put_causes(causes, demo.over_fen, object);
  put_findings(facts, {}, object);
  object.text("clause", "C-III");
  object.close();
  return row;
}

Row row_of(const Facts& facts, const Fine& fine) {
  Row row{std::string(facts.penalty_names[fine.penalty.value]) + "/fine", {}};
  JsonObject object(row.json);
  object.text("line", row.name);
  object.text("dealer", facts.dealer_names[fine.imposed->dealer.value]);
  if (fine.order) object.text("order", facts.order_names[fine.order.value]);
  std::vector<FindingId> findings;
  if (fine.imposed->finding) findings.push_back(fine.imposed->finding);
  put_findings(facts, findings, object);
  object.text("clause", fine.clause);
  object.number("due_fen", fine.due_fen);
  object.truth("out_of_range", fine.out_of_range);
  object.close();
  return row;
}

}  // namespace

ledger::Result<ModelRows> print_clawbacks(const Replay& replay) {
  const auto& facts = replay.facts();
  ModelRows result;
  std::vector<Row> rows;
  for (const auto& line : replay.lines()) {
    if (line.overflow) {
      result.overflows.push_back(line_name(facts, line.order, line.kind));
      result.overflow_keys.push_back(keys_of_line(replay.world(), line));
    } else if (line.over_fen > 0) {
      rows.push_back(row_of(facts, line));
    }
  }
  for (const auto& demo : replay.demos()) {
    if (demo.over_fen > 0) rows.push_back(row_of(facts, demo));
  }
  for (const auto& fine : replay.fines()) rows.push_back(row_of(facts, fine));
  // Ids are free text: an order's line may be named as a fine is. Equal names go by their rows.
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.name != b.name ? a.name < b.name : a.json < b.json;
  });
  for (auto& row : rows) result.rows.push_back(std::move(row.json));
  return result;
}

}  // namespace projections
