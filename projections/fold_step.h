// Internal to the fold: one event on its way into the facts, one `apply` for each type that
// leaves any. The definitions lie in fold_*.cpp, by what they are about.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/event.h"
#include "projections/facts.h"

namespace projections {

using ledger::Entry;
using ledger::Status;

inline std::string_view view(const flatbuffers::String* text) {
  return {text->data(), text->size()};
}

// One event on its way into the facts.
class Step {
 public:
  Step(Facts& facts, const Entry& entry, bool voided)
      : facts_(facts), entry_(entry), voided_(voided) {}

  Status run();

 private:
  // --- What every fact starts from
  template <class T>
  T fact() const {
    T made{};
    made.ns = entry_.event->time()->ns();
    made.index = static_cast<std::uint32_t>(entry_.index.value);
    made.day = ledger::business_date(made.ns).days;
    made.voided = voided_;
    made.rules_version = std::min(entry_.event->rules_version(), facts_.rules_version_max);
    return made;
  }

  Recorded recorded() const {
    const auto* given = entry_.event->recorded();
    if (given != nullptr) return {given->ns(), given->fraction_digits()};
    return {entry_.event->appended_ns(), 9};
  }

  // --- Ids and their entities
  template <class IdType, class Entity>
  static IdType id(Names& names, std::vector<Entity>& entities, const flatbuffers::String* text) {
    if (text == nullptr) return {};
    const IdType made{names.intern(view(text))};
    if (made.value >= entities.size()) entities.resize(made.value + std::size_t{1});
    return made;
  }

  OrderId order_id(const flatbuffers::String* s) {
    return id<OrderId>(facts_.order_names, facts_.orders, s);
  }

  DealerId dealer_id(const flatbuffers::String* s) {
    return id<DealerId>(facts_.dealer_names, facts_.dealers, s);
  }

  CustomerId customer_id(const flatbuffers::String* s) {
    return id<CustomerId>(facts_.customer_names, facts_.customers, s);
  }

  VinId vin_id(const flatbuffers::String* s) {
    return id<VinId>(facts_.vin_names, facts_.vehicles, s);
  }

  FilingId filing_id(const flatbuffers::String* s) {
    return id<FilingId>(facts_.filing_names, facts_.filings, s);
  }

  AgreementId agreement_id(const flatbuffers::String* s) {
    return id<AgreementId>(facts_.agreement_names, facts_.agreements, s);
  }

  FindingId finding_id(const flatbuffers::String* s) {
    return id<FindingId>(facts_.finding_names, facts_.findings, s);
  }

  PenaltyId penalty_id(const flatbuffers::String* s) {
    return id<PenaltyId>(facts_.penalty_names, facts_.penalties, s);
  }

  ComplaintId complaint_id(const flatbuffers::String* s) {
    return id<ComplaintId>(facts_.complaint_names, facts_.complaints, s);
  }

  ClawbackId clawback_id(const flatbuffers::String* s) {
    return id<ClawbackId>(facts_.clawback_names, facts_.clawbacks, s);
  }

  BillId bill_id(const flatbuffers::String* s) {
    return id<BillId>(facts_.bill_names, facts_.bills, s);
  }

  PolicyId policy_id(const flatbuffers::String* s) {
    return id<PolicyId>(facts_.policy_names, facts_.policies, s);
  }

  SettlementId settlement_id(const flatbuffers::String* s) {
    const SettlementId made{facts_.settlement_names.intern(view(s))};
    if (made.value >= facts_.settlement_chains.size())
      facts_.settlement_chains.resize(made.value + std::size_t{1}, no_fact);
    return made;
  }

  TextId text(const flatbuffers::String* s) {
    return s == nullptr ? TextId{} : TextId{facts_.texts.intern(view(s))};
  }

  // Erased names still match: a sealed value is known by its person.
  TextId text(const schema::Personal* p) {
    return text(p->form() == schema::PersonalForm::plain ? p->text() : p->person());
  }

  Order& order(OrderId at) { return facts_.orders[at.value]; }

  template <class Table>
  const Table& payload() const {
    return entry_.payload<Table>();
  }

  void keep_vins(FindingMoved& move,
                 const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* vins);

  // --- One per event type that leaves facts
  Status apply(const schema::PolicyPublished& data);
  void apply(const schema::PolicyNoticeDelivered& data);
  void apply(const schema::CalendarPublished& data);
  void apply(const schema::BankListPublished& data);
  void apply(const schema::DealerAuthorised& data);
  void apply(const schema::DealerSuspended& data);
  void apply(const schema::DealerContractSigned& data);
  void apply_manager(const flatbuffers::String* dealer, const schema::Personal* person,
                     bool assigned);
  void apply(const schema::SetoffApplied& data);
  void apply(const schema::CustomerRegistered& data);
  void apply(const schema::CustomerRelationAsserted& data);
  void apply(const schema::CustomerRelationEnded& data);
  void apply(const schema::CustomerRecognitionApproved& data);
  void apply(const schema::CustomerAgentAuthorised& data);
  void apply(const schema::FilingSubmitted& data);
  void move_filing(const flatbuffers::String* filing, FilingMoved::Kind kind,
                   const flatbuffers::String* to_dealer);
  void apply(const schema::AgreementSigned& data);
  void move_agreement(const flatbuffers::String* agreement, bool uploaded);
  void apply(const schema::OrderCreated& data);
  void apply(const schema::OrderSupportRequested& data);
  void apply(const schema::OrderSupportDecided& data);
  void apply(const schema::OrderStatusEntered& data);
  void apply(const schema::OrderQuantityReduced& data);
  void apply(const schema::RewardTenderWon& data);
  void apply(const schema::RewardDecided& data);
  void move_vehicle(const flatbuffers::String* vin, const flatbuffers::String* to_order,
                    bool delivery);
  void apply(const schema::VehicleInvoiced& data);
  void settle(const flatbuffers::String* settlement, const flatbuffers::String* of_order,
              schema::LineKind kind, Settlement::Kind step, std::int64_t amount_fen);
  void apply(const schema::ClawbackIssued& data);
  void reduce_clawback(const flatbuffers::String* clawback, bool waived, std::int64_t amount_fen);
  void apply(const schema::BillTendered& data);
  void apply(const schema::BillDecided& data);
  void apply(const schema::RebatePaid& data);
  void move_demo(const flatbuffers::String* vin, const flatbuffers::String* dealer, DemoMoved move);
  void apply(const schema::ComplaintOpened& data);
  void apply(const schema::ComplaintAdjudicated& data);
  void apply(const schema::FindingRaised& data);
  void apply(const schema::FindingConfirmed& data);
  void apply(const schema::AppealDecided& data);
  void apply(const schema::PenaltyImposed& data);

  Facts& facts_;
  const Entry& entry_;
  bool voided_;
};

}  // namespace projections
