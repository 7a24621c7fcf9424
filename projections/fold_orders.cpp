#include "projections/fold_step.h"

namespace projections {

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

}  // namespace projections
