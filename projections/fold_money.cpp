#include "projections/fold_step.h"

namespace projections {

using ledger::Date;

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

}  // namespace projections
