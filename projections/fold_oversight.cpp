#include "projections/fold_step.h"

namespace projections {

void Step::apply(const schema::ComplaintOpened& data) {
  auto made = fact<ComplaintOpened>();
  made.dealer = dealer_id(data.dealer());
  made.order = order_id(data.order());
  facts_.complaints_opened.add(facts_.complaints[complaint_id(data.complaint()).value].opened,
                               made);
}

void Step::apply(const schema::ComplaintAdjudicated& data) {
  auto made = fact<ComplaintAdjudicated>();
  made.at_fault = data.dealer_at_fault();
  made.major_loss = data.major_loss();
  facts_.complaints_adjudicated.add(
      facts_.complaints[complaint_id(data.complaint()).value].adjudicated, made);
}

void Step::keep_vins(FindingMoved& move,
                     const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* vins) {
  move.vins_from = static_cast<std::uint32_t>(facts_.finding_vins.size());
  if (vins != nullptr) {
    for (const auto* vin : *vins) facts_.finding_vins.push_back(vin_id(vin));
  }
  move.vins_to = static_cast<std::uint32_t>(facts_.finding_vins.size());
}

void Step::apply(const schema::FindingRaised& data) {
  auto made = fact<FindingMoved>();
  made.move = FindingMoved::Kind::raised;
  made.kind = data.kind();
  made.dealer = dealer_id(data.dealer());
  made.order = order_id(data.order());
  keep_vins(made, data.vins());
  facts_.finding_moves.add(facts_.findings[finding_id(data.finding()).value].moves, made);
}

void Step::apply(const schema::FindingConfirmed& data) {
  auto made = fact<FindingMoved>();
  made.move = FindingMoved::Kind::confirmed;
  made.kind = data.kind();
  made.scope = data.scope();
  made.dealer = dealer_id(data.dealer());
  made.order = order_id(data.order());
  keep_vins(made, data.vins());
  facts_.finding_moves.add(facts_.findings[finding_id(data.finding()).value].moves, made);
}

void Step::apply(const schema::AppealDecided& data) {
  auto made = fact<FindingMoved>();
  switch (data.outcome()) {
    case schema::AppealOutcome::upheld:
      made.move = FindingMoved::Kind::upheld;
      break;
    case schema::AppealOutcome::reversed:
      made.move = FindingMoved::Kind::reversed;
      break;
    case schema::AppealOutcome::amended:
      made.move = FindingMoved::Kind::amended;
      break;
  }
  keep_vins(made, data.vins());
  facts_.finding_moves.add(facts_.findings[finding_id(data.finding()).value].moves, made);
}

void Step::apply(const schema::PenaltyImposed& data) {
  auto made = fact<PenaltyImposed>();
  made.penalty = penalty_id(data.penalty());
  made.dealer = dealer_id(data.dealer());
  made.finding = finding_id(data.finding());
  made.complaint = complaint_id(data.complaint());
  made.amount_fen = data.amount_fen();
  facts_.penalties_imposed.add(facts_.penalties[made.penalty.value].imposed, made);
}

}  // namespace projections
