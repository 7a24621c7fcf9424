#include "projections/open_findings.h"

#include <algorithm>

#include "ledger/base/check.h"
#include "ledger/codec.h"
#include "projections/json.h"
#include "projections/proposed_event.h"

namespace projections {
namespace {

using Kind = FindingMoved::Kind;

// The latest raising, if nothing was decided since.
const FindingMoved* open_raising(const Facts& facts, FactRef moves) {
  const auto* latest = facts.finding_moves.latest(moves, [](const FindingMoved& move) {
    return stands(move) && (move.move == Kind::raised || move.move == Kind::confirmed ||
                            move.move == Kind::dismissed);
  });
  return latest != nullptr && latest->move == Kind::raised ? latest : nullptr;
}

std::string confirmation(const Facts& facts, const OpenFinding& open, ledger::Date day) {
  const auto& raised = *open.raised;
  const auto vins =
      std::span(facts.finding_vins).subspan(raised.vins_from, raised.vins_to - raised.vins_from);
  const auto finding = facts.finding_names[open.finding.value];
  ProposedEvent event;
  event.id = id_of("confirm-", {finding});
  event.source = "tally/settle";
  event.type = "finding.confirmed";
  event.subject = "finding/" + std::string(finding);
  event.day = day;
  JsonObject data(event.data);
  data.text("finding", finding);
  data.text("dealer", facts.dealer_names[raised.dealer.value]);
  data.text("order", facts.order_names[raised.order.value]);
  data.text("kind", raised.kind == schema::FindingKind::false_claim ? "false_claim" : "ineligible");
  data.text("scope", "order");
  data.array("vins", vins,
             [&](VinId vin, std::string& out) { append_quoted(facts.vin_names[vin.value], out); });
  data.close();
  return outside_form(event);
}

}  // namespace

std::vector<OpenFinding> open_findings(const Facts& facts) {
  std::vector<OpenFinding> open;
  for (std::uint32_t number = 0; number < facts.findings.size(); ++number) {
    const auto* raised = open_raising(facts, facts.findings[number].moves);
    if (raised != nullptr) open.push_back({FindingId{number}, raised});
  }
  std::sort(open.begin(), open.end(), [&](const OpenFinding& a, const OpenFinding& b) {
    return facts.finding_names[a.finding.value] < facts.finding_names[b.finding.value];
  });
  return open;
}

ledger::Status suppose_confirmed(const Facts& facts, const std::vector<OpenFinding>& open,
                                 ledger::Date day, OverlaySource& overlay) {
  ledger::Encoder encoder;
  ledger::Batch batch;
  for (const auto& finding : open) {
    const auto refusal = encoder.add(confirmation(facts, finding, day), batch);
    ledger::check(!refusal, "what was raised can be confirmed");
  }
  TRY(overlay.add(batch));
  return ledger::Ok{};
}

}  // namespace projections
