#include "projections/fold.h"

#include <string_view>

namespace projections {
namespace {

using ledger::Date;
using ledger::Entry;
using ledger::Ok;
using ledger::Status;

std::string_view view(const flatbuffers::String* text) {
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

  void note_day();
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

void Step::note_day() {
  const auto type = entry_.type();
  const bool housekeeping =
      type == schema::Payload::KeyEnrolled || type == schema::Payload::KeyRevoked ||
      type == schema::Payload::PersonErased || type == schema::Payload::ReplayCertified;
  if (housekeeping || voided_) return;
  const auto day = ledger::business_date(entry_.event->time()->ns());
  if (!facts_.any_day || facts_.last_day < day) facts_.last_day = day;
  facts_.any_day = true;
}

Status Step::apply(const schema::PolicyPublished& data) {
  auto pack = policy::parse_pack(view(data.document()));
  if (!pack) {
    return ledger::Error{
        ledger::ErrorCode::corrupt,
        "entry " + std::to_string(entry_.index.value) +
            " publishes a policy pack that cannot be read: " + pack.error().message};
  }
  auto made = fact<PackPublished>();
  made.policy = policy_id(data.policy());
  made.pack = static_cast<std::uint32_t>(facts_.packs.size());
  facts_.packs.push_back(*std::move(pack));
  facts_.packs_published.add(facts_.policies[made.policy.value].published, made);
  return Ok{};
}

void Step::apply(const schema::PolicyNoticeDelivered& data) {
  auto made = fact<NoticeDelivered>();
  made.version = data.version();
  made.dealer = dealer_id(data.dealer());
  facts_.notices.add(facts_.policies[policy_id(data.policy()).value].notices, made);
}

void Step::apply(const schema::CalendarPublished& data) {
  auto made = fact<CalendarPublished>();
  made.year = data.year();
  for (const auto day : *data.holidays()) made.holidays.push_back(Date{day});
  for (const auto day : *data.workdays()) made.workdays.push_back(Date{day});
  facts_.calendars.add(facts_.calendar_chain, std::move(made));
}

void Step::apply(const schema::BankListPublished& data) {
  auto made = fact<BankListPublished>();
  for (const auto* bank : *data.refused_banks()) made.banks.push_back(text(bank));
  facts_.bank_lists.add(facts_.bank_list_chain, std::move(made));
}

void Step::apply(const schema::DealerAuthorised& data) {
  auto made = fact<DealerAuthorised>();
  made.level = data.level();
  made.uscc = text(data.uscc());
  facts_.authorised.add(facts_.dealers[dealer_id(data.dealer()).value].authorised, made);
}

void Step::apply(const schema::DealerSuspended& data) {
  facts_.suspended.add(facts_.dealers[dealer_id(data.dealer()).value].suspended,
                       fact<DealerSuspended>());
}

void Step::apply(const schema::DealerContractSigned& data) {
  auto made = fact<ContractSigned>();
  made.year = data.year();
  made.target = data.target_vehicles();
  facts_.contracts.add(facts_.dealers[dealer_id(data.dealer()).value].contracts, made);
}

void Step::apply_manager(const flatbuffers::String* dealer, const schema::Personal* person,
                         bool assigned) {
  auto made = fact<ManagerChanged>();
  made.person = text(person);
  made.assigned = assigned;
  facts_.managers.add(facts_.dealers[dealer_id(dealer).value].managers, made);
}

void Step::apply(const schema::SetoffApplied& data) {
  auto made = fact<SetoffApplied>();
  made.dealer = dealer_id(data.dealer());
  made.amount_fen = data.amount_fen();
  facts_.setoffs.add(facts_.setoff_chain, made);
}

void Step::apply(const schema::CustomerRegistered& data) {
  auto made = fact<CustomerRegistered>();
  made.customer_class = data.class_();
  made.uscc = text(data.uscc());
  facts_.registered.add(facts_.customers[customer_id(data.customer()).value].registered, made);
}

void Step::apply(const schema::CustomerRelationAsserted& data) {
  auto made = fact<RelationAsserted>();
  made.customer = customer_id(data.customer());
  made.related = customer_id(data.related());
  made.kind = data.kind();
  made.evidenced = data.evidence()->size() > 0;
  auto& of_related = facts_.customers[made.related.value].asserted_of;
  made.previous_of_related = of_related;
  facts_.relations.add(facts_.customers[made.customer.value].asserted, made);
  of_related = facts_.customers[made.customer.value].asserted;
}

void Step::apply(const schema::CustomerRelationEnded& data) {
  auto made = fact<RelationEnded>();
  made.related = customer_id(data.related());
  facts_.relations_ended.add(facts_.customers[customer_id(data.customer()).value].ended, made);
}

void Step::apply(const schema::CustomerRecognitionApproved& data) {
  auto made = fact<RecognitionApproved>();
  made.approver_role = text(data.approver_role());
  made.rate_fen = data.rate_fen();
  made.pr_confirmed = data.pr_confirmed();
  made.gm_office_filed = data.gm_office_filed();
  facts_.recognitions.add(facts_.customers[customer_id(data.customer()).value].recognitions, made);
}

void Step::apply(const schema::CustomerAgentAuthorised& data) {
  auto made = fact<AgentAuthorised>();
  made.agent = text(data.agent());
  made.valid_from = Date{data.valid_from()};
  made.valid_to = Date{data.valid_to()};
  made.evidenced = data.evidence()->size() > 0;
  facts_.agents.add(facts_.customers[customer_id(data.customer()).value].agents, made);
}

void Step::apply(const schema::FilingSubmitted& data) {
  auto made = fact<FilingSubmitted>();
  made.dealer = dealer_id(data.dealer());
  made.customer = customer_id(data.customer());
  made.agent = text(data.agent());
  made.policy = policy_id(data.policy());
  facts_.submitted.add(facts_.filings[filing_id(data.filing()).value].submitted, made);
}

void Step::move_filing(const flatbuffers::String* filing, FilingMoved::Kind kind,
                       const flatbuffers::String* to_dealer) {
  auto made = fact<FilingMoved>();
  made.kind = kind;
  made.to_dealer = dealer_id(to_dealer);
  made.recorded = recorded();
  facts_.filing_moves.add(facts_.filings[filing_id(filing).value].moves, made);
}

void Step::apply(const schema::AgreementSigned& data) {
  facts_.agreements_signed.add(facts_.agreements[agreement_id(data.agreement()).value].signed_on,
                               fact<AgreementSigned>());
}

void Step::move_agreement(const flatbuffers::String* agreement, bool uploaded) {
  auto made = fact<AgreementMoved>();
  made.uploaded = uploaded;
  facts_.agreement_moves.add(facts_.agreements[agreement_id(agreement).value].moves, made);
}

void Step::apply(const schema::OrderCreated& data) {
  auto made = fact<OrderCreated>();
  made.order = order_id(data.order());
  made.dealer = dealer_id(data.dealer());
  made.customer = customer_id(data.customer());
  made.filing = filing_id(data.filing());
  const auto* project = data.project() != nullptr ? data.project() : data.order();
  made.project = ProjectId{facts_.project_names.intern(view(project))};
  made.agreement = agreement_id(data.agreement());
  made.policy = policy_id(data.policy());
  made.quantity = data.quantity();
  made.channel = data.channel();
  made.special_spec = data.special_spec().value_or(false);
  facts_.created.add(order(made.order).created, made);
}

void Step::apply(const schema::OrderSupportRequested& data) {
  auto made = fact<SupportRequested>();
  made.order = order_id(data.order());
  made.kind = data.kind();
  made.recorded = recorded();
  facts_.support_requested.add(order(made.order).requested, made);
}

void Step::apply(const schema::OrderSupportDecided& data) {
  auto made = fact<SupportDecided>();
  made.kind = data.kind();
  made.approved = data.decision() == schema::ReviewDecision::approved;
  made.rate_fen = data.rate_fen().value_or(0);
  made.recorded = recorded();
  facts_.support_decided.add(order(order_id(data.order())).decided, made);
}

void Step::apply(const schema::OrderStatusEntered& data) {
  auto made = fact<StatusEntered>();
  made.recorded = recorded();
  facts_.status.add(order(order_id(data.order())).status, made);
}

void Step::apply(const schema::OrderQuantityReduced& data) {
  auto made = fact<QuantityReduced>();
  made.quantity = data.quantity();
  facts_.reduced.add(order(order_id(data.order())).reduced, made);
}

void Step::apply(const schema::RewardTenderWon& data) {
  auto made = fact<TenderWon>();
  made.complete = data.national() && data.informed() && data.took_part();
  facts_.tenders.add(order(order_id(data.order())).tenders, made);
}

void Step::apply(const schema::RewardDecided& data) {
  auto made = fact<RewardDecided>();
  made.rate_bp = data.rate_bp();
  facts_.rewards.add(order(order_id(data.order())).rewards, made);
}

void Step::move_vehicle(const flatbuffers::String* vin, const flatbuffers::String* to_order,
                        bool delivery) {
  auto made = fact<Movement>();
  made.vin = vin_id(vin);
  made.order = order_id(to_order);
  made.delivery = delivery;
  made.recorded = recorded();
  facts_.movements.add(facts_.vehicles[made.vin.value].movements, made);
}

void Step::apply(const schema::VehicleInvoiced& data) {
  auto made = fact<Invoiced>();
  made.vin = vin_id(data.vin());
  made.order = order_id(data.order());
  made.dealer = dealer_id(data.dealer());
  made.price_fen = data.price_fen();
  facts_.invoices.add(facts_.vehicles[made.vin.value].invoices, made);
}

void Step::settle(const flatbuffers::String* settlement, const flatbuffers::String* of_order,
                  schema::LineKind kind, Settlement::Kind step, std::int64_t amount_fen) {
  auto made = fact<Settlement>();
  made.step = step;
  made.kind = kind;
  made.order = order_id(of_order);
  made.settlement = settlement_id(settlement);
  made.amount_fen = amount_fen;
  made.recorded = recorded();
  auto& of_order_chain = order(made.order).settlements;
  made.previous_of_order = of_order_chain;
  auto& chain = facts_.settlement_chains[made.settlement.value];
  facts_.settlements.add(chain, made);
  of_order_chain = chain;
}

void Step::apply(const schema::ClawbackIssued& data) {
  auto made = fact<ClawbackIssued>();
  made.clawback = clawback_id(data.clawback());
  made.dealer = dealer_id(data.dealer());
  made.order = order_id(data.order());
  made.kind = data.kind().value_or(schema::LineKind{});
  made.vin = vin_id(data.vin());
  made.amount_fen = data.amount_fen();
  facts_.clawbacks_issued.add(facts_.clawbacks[made.clawback.value].issued, made);
}

void Step::reduce_clawback(const flatbuffers::String* clawback, bool waived,
                           std::int64_t amount_fen) {
  auto made = fact<ClawbackReduced>();
  made.waived = waived;
  made.amount_fen = amount_fen;
  facts_.clawbacks_reduced.add(facts_.clawbacks[clawback_id(clawback).value].reduced, made);
}

void Step::apply(const schema::BillTendered& data) {
  auto made = fact<BillTendered>();
  made.dealer = dealer_id(data.dealer());
  made.bank = text(data.bank());
  made.local_small_bank = data.local_small_bank().value_or(false);
  made.face_fen = data.face_fen();
  made.issued_on = Date{data.issued_on()};
  made.matures_on = Date{data.matures_on()};
  made.endorsements = data.endorsements()->size();
  facts_.bills_tendered.add(facts_.bills[bill_id(data.bill()).value].tendered, made);
}

void Step::apply(const schema::BillDecided& data) {
  auto made = fact<BillDecided>();
  made.accepted = data.decision() == schema::BillDecision::accepted;
  made.deduction_fen = data.deduction_fen().value_or(0);
  facts_.bills_decided.add(facts_.bills[bill_id(data.bill()).value].decided, made);
}

void Step::apply(const schema::RebatePaid& data) {
  auto made = fact<RebatePaid>();
  made.dealer = dealer_id(data.dealer());
  made.month = text(data.month());
  made.amount_fen = data.amount_fen();
  facts_.rebates_paid.add(facts_.rebate_chain, made);
}

void Step::move_demo(const flatbuffers::String* vin, const flatbuffers::String* dealer,
                     DemoMoved move) {
  auto made = fact<DemoMoved>();
  made.kind = move.kind;
  made.ordinal = move.ordinal;
  made.guide_price_fen = move.guide_price_fen;
  made.price_fen = move.price_fen;
  made.dealer = dealer_id(dealer);
  facts_.demos.add(facts_.vehicles[vin_id(vin).value].demo, made);
}

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

Status Step::run() {
  using P = schema::Payload;
  note_day();
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
      auto& vehicle = facts_.vehicles[vin_id(payload<schema::VehicleRegistered>().vin()).value];
      (voided_ ? vehicle.registered_voided : vehicle.registered) = true;
      break;
    }
    case P::SubsidyApplied: {
      const auto& data = payload<schema::SubsidyApplied>();
      if (data.programme() != schema::SubsidyProgramme::local) break;
      auto& vehicle = facts_.vehicles[vin_id(data.vin()).value];
      (voided_ ? vehicle.local_subsidy_voided : vehicle.local_subsidy) = true;
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

}  // namespace

ledger::Status fold(Facts& facts, const ledger::Entry& entry, bool voided) {
  return Step(facts, entry, voided).run();
}

}  // namespace projections
