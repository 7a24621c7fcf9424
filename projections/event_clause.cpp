#include "projections/event_clause.h"

#include <algorithm>
#include <array>

namespace projections {
namespace {

namespace schema = ledger::schema;
using P = schema::Payload;

struct Row {
  P type;
  std::string_view clause;
};

constexpr std::array clauses{
    Row{P::FilingSubmitted, "N6.2"},
    Row{P::FilingRegionReviewed, "N6.2"},
    Row{P::FilingConfirmed, "N6.2"},
    Row{P::FilingRejected, "N6.2"},
    Row{P::FilingProgressReported, "N6.2"},
    Row{P::FilingReleased, "N6.2"},
    Row{P::FilingReassigned, "N6.2"},
    Row{P::AgreementSigned, "N6.3"},
    Row{P::AgreementUploaded, "N6.3"},
    Row{P::AgreementTerminated, "N6.3"},
    Row{P::OrderCreated, "N7.4"},
    Row{P::OrderSpecApproved, "N7.3"},
    Row{P::OrderSupportRequested, "N6.4"},
    Row{P::OrderSupportDecided, "N6.4"},
    Row{P::OrderStatusEntered, "N9.2"},
    Row{P::OrderQuantityReduced, "N5.2"},
    Row{P::ProjectClosed, "N9.3"},
    Row{P::VehicleDelivered, "N9.3"},
    Row{P::VehicleReturned, "N9.3"},
    Row{P::VehicleRegistered, "N9.4"},
    Row{P::SubsidyApplied, "N9.4"},
    Row{P::SettlementRequested, "N9.4"},
    Row{P::SettlementApproved, "N9.4"},
    Row{P::SettlementRefused, "N9.4"},
    Row{P::SetoffApplied, "N9.1"},
    Row{P::RewardTenderWon, "N8.1"},
    Row{P::RewardDecided, "N8.1"},
    Row{P::ComplaintOpened, "N8.3"},
    Row{P::ComplaintAdjudicated, "N8.3"},
    Row{P::InspectionSampleDrawn, "N8.4"},
    Row{P::InspectionEvidenceAttached, "N10.4"},
    Row{P::InspectionObstructed, "N10.4"},
    Row{P::FindingRaised, "N8.4"},
    Row{P::FindingConfirmed, "N8.4"},
    Row{P::FindingDismissed, "N8.4"},
    Row{P::PenaltyImposed, "N8.4"},
    Row{P::PenaltyPaid, "N8.4"},
    Row{P::PenaltyWarned, "N8.4"},
    Row{P::AppealFiled, "N8.4"},
    Row{P::AppealDecided, "N8.4"},
    Row{P::ClawbackIssued, "N8.4"},
    Row{P::ClawbackRecovered, "N8.4"},
    Row{P::ClawbackWaived, "N8.4"},
    Row{P::DemoApplied, "C-III"},
    Row{P::DemoApproved, "C-III"},
    Row{P::DemoPurchased, "C-III"},
    Row{P::DemoDocumentsSent, "C-III"},
    Row{P::DemoDisposed, "C-III"},
};

}  // namespace

std::string_view clause_of(const ledger::Entry& entry) {
  const auto type = entry.type();
  if (type == P::PenaltyImposed && entry.payload<schema::PenaltyImposed>().complaint() != nullptr)
    return "N8.3";
  const auto* const found = std::find_if(clauses.begin(), clauses.end(),
                                         [&](const Row& row) { return row.type == type; });
  return found == clauses.end() ? std::string_view() : found->clause;
}

}  // namespace projections
