#include "projections/event_ties.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace projections {
namespace {

namespace schema = ledger::schema;
using P = schema::Payload;
using Text = flatbuffers::String;

class Finder {
 public:
  Finder(const ledger::Entry& entry, EventTies& ties) : entry_(entry), ties_(ties) {}

  void find();

 private:
  template <class Table>
  const Table& data() const {
    return entry_.payload<Table>();
  }

  static void tie(std::vector<EntityKey>& to, Entity entity, const Text* id) {
    if (id != nullptr) to.push_back(key_of(entity, id->string_view()));
  }

  void join(Entity entity, const Text* id) { tie(ties_.joined, entity, id); }

  void join_order(const Text* id) {
    if (id == nullptr) return;
    join(Entity::order, id);
    ties_.order = ties_.joined.back();
  }

  void read(Entity entity, const Text* id) { tie(ties_.read, entity, id); }

  void tell_of(Entity entity, const Text* id) { tie(ties_.told_of, entity, id); }

  template <class Table>
  void book() {
    tie(ties_.booked, Entity::books, data<Table>().dealer());
  }

  void join_vehicles(const flatbuffers::Vector<flatbuffers::Offset<Text>>* vins) {
    if (vins == nullptr) return;
    for (const auto* vin : *vins) join(Entity::vehicle, vin);
  }

  template <class Table>
  void of_order() {
    join_order(data<Table>().order());
  }

  template <class Table>
  void of_filing() {
    join(Entity::filing, data<Table>().filing());
  }

  template <class Table>
  void of_agreement() {
    join(Entity::agreement, data<Table>().agreement());
  }

  template <class Table>
  void of_customer() {
    join(Entity::customer, data<Table>().customer());
  }

  template <class Table>
  void of_relation() {
    of_customer<Table>();
    join(Entity::customer, data<Table>().related());
  }

  template <class Table>
  void of_movement() {
    join(Entity::vehicle, data<Table>().vin());
    of_order<Table>();
  }

  template <class Table>
  void of_settlement() {
    join(Entity::settlement, data<Table>().settlement());
    of_order<Table>();
  }

  template <class Table>
  void of_demo() {
    join(Entity::vehicle, data<Table>().vin());
    read(Entity::dealer, data<Table>().dealer());
    book<Table>();
  }

  template <class Table>
  void of_finding() {
    book<Table>();
    join(Entity::finding, data<Table>().finding());
    of_order<Table>();
    join_vehicles(data<Table>().vins());
  }

  void of_new_order();

  const ledger::Entry& entry_;
  EventTies& ties_;
};

void Finder::of_new_order() {
  const auto& order = data<schema::OrderCreated>();
  join_order(order.order());
  join(Entity::customer, order.customer());
  join(Entity::filing, order.filing());
  join(Entity::project, order.project() != nullptr ? order.project() : order.order());
  join(Entity::agreement, order.agreement());
  read(Entity::dealer, order.dealer());
  book<schema::OrderCreated>();
}

void Finder::find() {
  switch (entry_.type()) {
    case P::PolicyPublished:
    case P::CalendarPublished:
    case P::BankListPublished:
      ties_.to_everything = true;
      break;
    case P::PolicyNoticeDelivered:
      tell_of(Entity::dealer, data<schema::PolicyNoticeDelivered>().dealer());
      break;
    case P::DealerAuthorised:
      tell_of(Entity::dealer, data<schema::DealerAuthorised>().dealer());
      tell_of(Entity::credit_code, data<schema::DealerAuthorised>().uscc());
      break;
    case P::DealerSuspended:
      tell_of(Entity::dealer, data<schema::DealerSuspended>().dealer());
      break;
    case P::CustomerRegistered:
      of_customer<schema::CustomerRegistered>();
      read(Entity::credit_code, data<schema::CustomerRegistered>().uscc());
      break;
    case P::CustomerRelationAsserted:
      of_relation<schema::CustomerRelationAsserted>();
      break;
    case P::CustomerRelationEnded:
      of_relation<schema::CustomerRelationEnded>();
      break;
    case P::CustomerRecognitionApproved:
      of_customer<schema::CustomerRecognitionApproved>();
      break;
    case P::CustomerAgentAuthorised:
      of_customer<schema::CustomerAgentAuthorised>();
      break;
    case P::FilingSubmitted:
      of_filing<schema::FilingSubmitted>();
      of_customer<schema::FilingSubmitted>();
      read(Entity::dealer, data<schema::FilingSubmitted>().dealer());
      book<schema::FilingSubmitted>();
      break;
    case P::FilingRegionReviewed:
      of_filing<schema::FilingRegionReviewed>();
      break;
    case P::FilingConfirmed:
      of_filing<schema::FilingConfirmed>();
      break;
    case P::FilingRejected:
      of_filing<schema::FilingRejected>();
      break;
    case P::FilingProgressReported:
      of_filing<schema::FilingProgressReported>();
      break;
    case P::FilingReleased:
      of_filing<schema::FilingReleased>();
      break;
    case P::FilingReassigned:
      of_filing<schema::FilingReassigned>();
      tie(ties_.booked, Entity::books, data<schema::FilingReassigned>().to_dealer());
      break;
    case P::AgreementSigned:
      of_agreement<schema::AgreementSigned>();
      break;
    case P::AgreementUploaded:
      of_agreement<schema::AgreementUploaded>();
      break;
    case P::AgreementTerminated:
      of_agreement<schema::AgreementTerminated>();
      break;
    case P::OrderCreated:
      of_new_order();
      break;
    case P::OrderSpecApproved:
      of_order<schema::OrderSpecApproved>();
      break;
    case P::OrderSupportRequested:
      of_order<schema::OrderSupportRequested>();
      break;
    case P::OrderSupportDecided:
      of_order<schema::OrderSupportDecided>();
      break;
    case P::OrderStatusEntered:
      of_order<schema::OrderStatusEntered>();
      break;
    case P::OrderQuantityReduced:
      of_order<schema::OrderQuantityReduced>();
      break;
    case P::OrderCancelled:
      of_order<schema::OrderCancelled>();
      break;
    case P::RewardTenderWon:
      of_order<schema::RewardTenderWon>();
      break;
    case P::RewardDecided:
      of_order<schema::RewardDecided>();
      break;
    case P::VehicleDelivered:
      of_movement<schema::VehicleDelivered>();
      break;
    case P::VehicleReturned:
      of_movement<schema::VehicleReturned>();
      break;
    case P::VehicleInvoiced:
      of_movement<schema::VehicleInvoiced>();
      book<schema::VehicleInvoiced>();
      break;
    case P::VehicleRegistered:
      join(Entity::vehicle, data<schema::VehicleRegistered>().vin());
      break;
    case P::SubsidyApplied:
      if (data<schema::SubsidyApplied>().programme() != schema::SubsidyProgramme::local) break;
      join(Entity::vehicle, data<schema::SubsidyApplied>().vin());
      break;
    case P::SettlementRequested:
      of_settlement<schema::SettlementRequested>();
      break;
    case P::SettlementApproved:
      of_settlement<schema::SettlementApproved>();
      break;
    case P::SettlementRefused:
      of_settlement<schema::SettlementRefused>();
      break;
    case P::ClawbackIssued:
      join(Entity::clawback, data<schema::ClawbackIssued>().clawback());
      of_order<schema::ClawbackIssued>();
      join(Entity::vehicle, data<schema::ClawbackIssued>().vin());
      book<schema::ClawbackIssued>();
      break;
    case P::ClawbackRecovered:
      join(Entity::clawback, data<schema::ClawbackRecovered>().clawback());
      break;
    case P::ClawbackWaived:
      join(Entity::clawback, data<schema::ClawbackWaived>().clawback());
      break;
    case P::DemoApplied:
      of_demo<schema::DemoApplied>();
      break;
    case P::DemoApproved:
      of_demo<schema::DemoApproved>();
      break;
    case P::DemoPurchased:
      of_demo<schema::DemoPurchased>();
      break;
    case P::DemoDocumentsSent:
      of_demo<schema::DemoDocumentsSent>();
      break;
    case P::DemoDisposed:
      of_demo<schema::DemoDisposed>();
      break;
    case P::ComplaintOpened:
      join(Entity::complaint, data<schema::ComplaintOpened>().complaint());
      of_order<schema::ComplaintOpened>();
      read(Entity::dealer, data<schema::ComplaintOpened>().dealer());
      book<schema::ComplaintOpened>();
      break;
    case P::ComplaintAdjudicated:
      join(Entity::complaint, data<schema::ComplaintAdjudicated>().complaint());
      break;
    case P::FindingRaised:
      of_finding<schema::FindingRaised>();
      break;
    case P::FindingConfirmed:
      of_finding<schema::FindingConfirmed>();
      break;
    case P::FindingDismissed:
      join(Entity::finding, data<schema::FindingDismissed>().finding());
      break;
    case P::AppealDecided:
      join(Entity::finding, data<schema::AppealDecided>().finding());
      join_vehicles(data<schema::AppealDecided>().vins());
      break;
    case P::PenaltyImposed:
      join(Entity::penalty, data<schema::PenaltyImposed>().penalty());
      join(Entity::finding, data<schema::PenaltyImposed>().finding());
      join(Entity::complaint, data<schema::PenaltyImposed>().complaint());
      book<schema::PenaltyImposed>();
      break;
    case P::PenaltyPaid:
      join(Entity::penalty, data<schema::PenaltyPaid>().penalty());
      break;
    case P::DealerContractSigned:
      book<schema::DealerContractSigned>();
      break;
    case P::DealerManagerAssigned:
      book<schema::DealerManagerAssigned>();
      break;
    case P::DealerManagerRemoved:
      book<schema::DealerManagerRemoved>();
      break;
    case P::SetoffApplied:
      book<schema::SetoffApplied>();
      break;
    case P::RebatePaid:
      book<schema::RebatePaid>();
      break;
    case P::BillTendered:
      join(Entity::bill, data<schema::BillTendered>().bill());
      read(Entity::dealer, data<schema::BillTendered>().dealer());
      book<schema::BillTendered>();
      break;
    case P::BillDecided:
      join(Entity::bill, data<schema::BillDecided>().bill());
      break;
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
    case P::EventVoided:
    case P::KeyEnrolled:
    case P::KeyRevoked:
    case P::PersonErased:
    case P::ReplayCertified:
      break;
  }
}

}  // namespace

EntityKey key_of(Entity entity, std::string_view id) {
  EntityKey kind = 0;
  if (entity == Entity::dealer || entity == Entity::credit_code) kind = 2;
  if (entity == Entity::books) kind = 3;
  const auto hash = XXH3_64bits_withSeed(id.data(), id.size(), static_cast<std::uint64_t>(entity));
  return hash >> 2 | kind << 62;
}

void find_ties(const ledger::Entry& entry, EventTies& ties) {
  ties.to_everything = false;
  ties.order.reset();
  ties.joined.clear();
  ties.read.clear();
  ties.told_of.clear();
  ties.booked.clear();
  Finder(entry, ties).find();
}

}  // namespace projections
