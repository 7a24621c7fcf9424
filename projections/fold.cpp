#include "projections/fold.h"

#include "projections/fold_step.h"

namespace projections {

using ledger::Ok;

Status Step::run() {
  using P = schema::Payload;
  switch (entry_.type()) {
    case P::PolicyPublished:
      return apply(payload<schema::PolicyPublished>());
    case P::PolicyNoticeDelivered:
      apply(payload<schema::PolicyNoticeDelivered>());
      break;
    case P::CalendarPublished:
      apply(payload<schema::CalendarPublished>());
      break;
    case P::BankListPublished:
      apply(payload<schema::BankListPublished>());
      break;
    case P::DealerAuthorised:
      apply(payload<schema::DealerAuthorised>());
      break;
    case P::DealerSuspended:
      apply(payload<schema::DealerSuspended>());
      break;
    case P::DealerContractSigned:
      apply(payload<schema::DealerContractSigned>());
      break;
    case P::DealerManagerAssigned: {
      const auto& data = payload<schema::DealerManagerAssigned>();
      apply_manager(data.dealer(), data.person(), true);
      break;
    }
    case P::DealerManagerRemoved: {
      const auto& data = payload<schema::DealerManagerRemoved>();
      apply_manager(data.dealer(), data.person(), false);
      break;
    }
    case P::SetoffApplied:
      apply(payload<schema::SetoffApplied>());
      break;
    case P::CustomerRegistered:
      apply(payload<schema::CustomerRegistered>());
      break;
    case P::CustomerRelationAsserted:
      apply(payload<schema::CustomerRelationAsserted>());
      break;
    case P::CustomerRelationEnded:
      apply(payload<schema::CustomerRelationEnded>());
      break;
    case P::CustomerRecognitionApproved:
      apply(payload<schema::CustomerRecognitionApproved>());
      break;
    case P::CustomerAgentAuthorised:
      apply(payload<schema::CustomerAgentAuthorised>());
      break;
    case P::FilingSubmitted:
      apply(payload<schema::FilingSubmitted>());
      break;
    case P::FilingRegionReviewed: {
      const auto& data = payload<schema::FilingRegionReviewed>();
      const bool approved = data.decision() == schema::ReviewDecision::approved;
      move_filing(data.filing(),
                  approved ? FilingMoved::Kind::approved : FilingMoved::Kind::disapproved, nullptr);
      break;
    }
    case P::FilingConfirmed:
      move_filing(payload<schema::FilingConfirmed>().filing(), FilingMoved::Kind::confirmed,
                  nullptr);
      break;
    case P::FilingRejected:
      move_filing(payload<schema::FilingRejected>().filing(), FilingMoved::Kind::rejected, nullptr);
      break;
    case P::FilingProgressReported:
      move_filing(payload<schema::FilingProgressReported>().filing(), FilingMoved::Kind::progress,
                  nullptr);
      break;
    case P::FilingReleased:
      move_filing(payload<schema::FilingReleased>().filing(), FilingMoved::Kind::released, nullptr);
      break;
    case P::FilingReassigned: {
      const auto& data = payload<schema::FilingReassigned>();
      move_filing(data.filing(), FilingMoved::Kind::reassigned, data.to_dealer());
      break;
    }
    case P::AgreementSigned:
      apply(payload<schema::AgreementSigned>());
      break;
    case P::AgreementUploaded:
      move_agreement(payload<schema::AgreementUploaded>().agreement(), true);
      break;
    case P::AgreementTerminated:
      move_agreement(payload<schema::AgreementTerminated>().agreement(), false);
      break;
    case P::OrderCreated:
      apply(payload<schema::OrderCreated>());
      break;
    case P::OrderSpecApproved:
      facts_.specs.add(order(order_id(payload<schema::OrderSpecApproved>().order())).specs,
                       fact<SpecApproved>());
      break;
    case P::OrderSupportRequested:
      apply(payload<schema::OrderSupportRequested>());
      break;
    case P::OrderSupportDecided:
      apply(payload<schema::OrderSupportDecided>());
      break;
    case P::OrderStatusEntered:
      apply(payload<schema::OrderStatusEntered>());
      break;
    case P::OrderQuantityReduced:
      apply(payload<schema::OrderQuantityReduced>());
      break;
    case P::OrderCancelled:
      facts_.cancelled.add(order(order_id(payload<schema::OrderCancelled>().order())).cancelled,
                           fact<OrderCancelled>());
      break;
    case P::RewardTenderWon:
      apply(payload<schema::RewardTenderWon>());
      break;
    case P::RewardDecided:
      apply(payload<schema::RewardDecided>());
      break;
    case P::VehicleDelivered: {
      const auto& data = payload<schema::VehicleDelivered>();
      move_vehicle(data.vin(), data.order(), true);
      break;
    }
    case P::VehicleReturned: {
      const auto& data = payload<schema::VehicleReturned>();
      move_vehicle(data.vin(), data.order(), false);
      break;
    }
    case P::VehicleInvoiced:
      apply(payload<schema::VehicleInvoiced>());
      break;
    case P::VehicleRegistered: {
      const auto vin = vin_id(payload<schema::VehicleRegistered>().vin());
      facts_.registrations.add(facts_.vehicles[vin.value].registrations, fact<VehicleRegistered>());
      break;
    }
    case P::SubsidyApplied: {
      const auto& data = payload<schema::SubsidyApplied>();
      if (data.programme() != schema::SubsidyProgramme::local) break;
      facts_.local_subsidies.add(facts_.vehicles[vin_id(data.vin()).value].local_subsidies,
                                 fact<LocalSubsidyApplied>());
      break;
    }
    case P::SettlementRequested: {
      const auto& data = payload<schema::SettlementRequested>();
      settle(data.settlement(), data.order(), data.kind(), Settlement::Kind::requested, 0);
      break;
    }
    case P::SettlementApproved: {
      const auto& data = payload<schema::SettlementApproved>();
      settle(data.settlement(), data.order(), data.kind(), Settlement::Kind::approved,
             data.amount_fen());
      break;
    }
    case P::SettlementRefused: {
      const auto& data = payload<schema::SettlementRefused>();
      settle(data.settlement(), data.order(), data.kind(), Settlement::Kind::refused, 0);
      break;
    }
    case P::ClawbackIssued:
      apply(payload<schema::ClawbackIssued>());
      break;
    case P::ClawbackRecovered: {
      const auto& data = payload<schema::ClawbackRecovered>();
      reduce_clawback(data.clawback(), false, data.amount_fen());
      break;
    }
    case P::ClawbackWaived: {
      const auto& data = payload<schema::ClawbackWaived>();
      reduce_clawback(data.clawback(), true, data.amount_fen());
      break;
    }
    case P::BillTendered:
      apply(payload<schema::BillTendered>());
      break;
    case P::BillDecided:
      apply(payload<schema::BillDecided>());
      break;
    case P::RebatePaid:
      apply(payload<schema::RebatePaid>());
      break;
    case P::DemoApplied: {
      const auto& data = payload<schema::DemoApplied>();
      DemoMoved move;
      move.kind = DemoMoved::Kind::applied;
      move.ordinal = static_cast<std::uint8_t>(data.ordinal());
      move_demo(data.vin(), data.dealer(), move);
      break;
    }
    case P::DemoApproved: {
      const auto& data = payload<schema::DemoApproved>();
      DemoMoved move;
      move.kind = DemoMoved::Kind::approved;
      move.ordinal = static_cast<std::uint8_t>(data.ordinal());
      move_demo(data.vin(), data.dealer(), move);
      break;
    }
    case P::DemoPurchased: {
      const auto& data = payload<schema::DemoPurchased>();
      DemoMoved move;
      move.kind = DemoMoved::Kind::purchased;
      move.guide_price_fen = data.guide_price_fen();
      move.price_fen = data.price_fen();
      move_demo(data.vin(), data.dealer(), move);
      break;
    }
    case P::DemoDocumentsSent: {
      const auto& data = payload<schema::DemoDocumentsSent>();
      DemoMoved move;
      move.kind = DemoMoved::Kind::documents_sent;
      move_demo(data.vin(), data.dealer(), move);
      break;
    }
    case P::DemoDisposed: {
      const auto& data = payload<schema::DemoDisposed>();
      DemoMoved move;
      move.kind = DemoMoved::Kind::disposed;
      move_demo(data.vin(), data.dealer(), move);
      break;
    }
    case P::ComplaintOpened:
      apply(payload<schema::ComplaintOpened>());
      break;
    case P::ComplaintAdjudicated:
      apply(payload<schema::ComplaintAdjudicated>());
      break;
    case P::FindingRaised:
      apply(payload<schema::FindingRaised>());
      break;
    case P::FindingConfirmed:
      apply(payload<schema::FindingConfirmed>());
      break;
    case P::FindingDismissed: {
      auto made = fact<FindingMoved>();
      made.move = FindingMoved::Kind::dismissed;
      facts_.finding_moves.add(
          facts_.findings[finding_id(payload<schema::FindingDismissed>().finding()).value].moves,
          made);
      break;
    }
    case P::AppealDecided:
      apply(payload<schema::AppealDecided>());
      break;
    case P::PenaltyImposed:
      apply(payload<schema::PenaltyImposed>());
      break;
    case P::PenaltyPaid: {
      const auto& data = payload<schema::PenaltyPaid>();
      auto made = fact<PenaltyPaid>();
      made.amount_fen = data.amount_fen();
      facts_.penalties_paid.add(facts_.penalties[penalty_id(data.penalty()).value].paid, made);
      break;
    }
    case P::NONE:
    case P::DealerRelationDeclared:
    case P::CustomerVisited:
    case P::CustomerSatisfactionRecorded:
    case P::ProjectClosed:
    case P::VehicleProduced:
    case P::VehicleMileageReported:
    case P::VehicleTransferred:
    case P::VehicleWarrantyStarted:
    case P::SubsidyApproved:
    case P::SubsidyPaid:
    case P::SubsidyRecovered:
    case P::SubsidyRejected:
    case P::InspectionSampleDrawn:
    case P::InspectionEvidenceAttached:
    case P::InspectionObstructed:
    case P::PenaltyWarned:
    case P::AppealFiled:
    case P::ActivityHeld:
    case P::EventVoided:  // acts on its target, through `voided`
    case P::KeyEnrolled:
    case P::KeyRevoked:
    case P::PersonErased:
    case P::ReplayCertified:
      break;
  }
  return Ok{};
}

ledger::Status fold(Facts& facts, const ledger::Entry& entry, bool voided) {
  const auto version = entry.event->rules_version();
  const auto newest = facts.rules->newest();
  if (version < 1 || version > newest) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         ledger::worded("entry {} was written under version {} of the rules, and "
                                        "this program knows those up to {}; use the tally that "
                                        "wrote it, or a newer",
                                        "条目 {} 按规则版本 {} 写入，而本程序只支持到 {}；"
                                        "请使用写入它的 tally 或更新的版本",
                                        entry.index.value, version, newest)};
  }
  return Step(facts, entry, voided).run();
}

}  // namespace projections
