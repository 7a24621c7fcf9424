#include "projections/trail.h"

#include <algorithm>
#include <deque>

#include "ledger/idempotency_key.h"

namespace projections {
namespace {

using P = schema::Payload;

std::string subject(std::string_view kind, std::string_view name) {
  return std::string(kind).append(1, '/').append(name);
}

}  // namespace

Trail::Trail(const Replay& replay, std::string_view name) : facts_(replay.facts()) {
  if (const auto filing = facts_.filing_names.find(name); filing != projections::Names::none) {
    add_filing({filing});
    for (const auto& created : facts_.created.all()) {
      if (created.filing.value != filing) continue;
      add_order(created.order);
      add_vehicles_of(created.order);
    }
  }
  if (const auto order = facts_.order_names.find(name); order != projections::Names::none) {
    add_order({order});
    add_vehicles_of({order});
  }
  if (const auto vin = facts_.vin_names.find(name); vin != projections::Names::none) {
    add_vehicle({vin});
    facts_.movements.each(facts_.vehicles[vin].movements,
                          [&](const Movement& movement) { add_order(movement.order); });
    facts_.invoices.each(facts_.vehicles[vin].invoices, [&](const Invoiced& invoice) {
      if (invoice.order) add_order(invoice.order);
    });
  }
  add_disputes();
  add_setoffs();
}

void Trail::add_filing(FilingId filing) {
  subjects_.insert(subject("filing", facts_.filing_names[filing.value]));
}

void Trail::add_order(OrderId order) {
  if (!orders_.insert(order).second) return;
  const auto name = facts_.order_names[order.value];
  order_names_.emplace(name);
  subjects_.insert(subject("order", name));
  facts_.created.each(facts_.orders[order.value].created, [&](const OrderCreated& created) {
    if (created.filing) add_filing(created.filing);
    subjects_.insert(subject("project", facts_.project_names[created.project.value]));
    if (created.agreement)
      subjects_.insert(subject("agreement", facts_.agreement_names[created.agreement.value]));
  });
}

void Trail::add_vehicle(VinId vin) {
  const auto name = facts_.vin_names[vin.value];
  vehicles_.insert(vin);
  subjects_.insert(subject("vehicle", name));
  subjects_.insert(subject("demo", name));
}

void Trail::add_vehicles_of(OrderId order) {
  for (const auto& movement : facts_.movements.all()) {
    if (movement.order == order) add_vehicle(movement.vin);
  }
  for (const auto& invoice : facts_.invoices.all()) {
    if (invoice.order == order) add_vehicle(invoice.vin);
  }
}

// Claims, findings, fines and complaints.
void Trail::add_disputes() {
  for (const auto& issued : facts_.clawbacks_issued.all()) {
    const bool ours =
        issued.order ? orders_.contains(issued.order) : vehicles_.contains(issued.vin);
    if (ours) subjects_.insert(subject("clawback", facts_.clawback_names[issued.clawback.value]));
  }
  for (std::uint32_t number = 0; number < facts_.findings.size(); ++number) {
    bool ours = false;
    facts_.finding_moves.each(facts_.findings[number].moves, [&](const FindingMoved& move) {
      ours = ours || (move.order && orders_.contains(move.order));
    });
    if (!ours) continue;
    finding_names_.emplace(facts_.finding_names[number]);
    subjects_.insert(subject("finding", facts_.finding_names[number]));
  }
  std::set<ComplaintId> complaints;
  for (std::uint32_t number = 0; number < facts_.complaints.size(); ++number) {
    facts_.complaints_opened.each(facts_.complaints[number].opened,
                                  [&](const ComplaintOpened& opened) {
                                    if (opened.order && orders_.contains(opened.order))
                                      complaints.insert({number});
                                  });
  }
  for (const auto complaint : complaints)
    subjects_.insert(subject("complaint", facts_.complaint_names[complaint.value]));
  for (const auto& imposed : facts_.penalties_imposed.all()) {
    const bool ours = imposed.finding
                          ? finding_names_.contains(facts_.finding_names[imposed.finding.value])
                          : complaints.contains(imposed.complaint);
    if (ours) subjects_.insert(subject("penalty", facts_.penalty_names[imposed.penalty.value]));
  }
}

void Trail::add_setoffs() {
  std::set<DealerId> dealers;
  for (const auto order : orders_) {
    facts_.created.each(facts_.orders[order.value].created,
                        [&](const OrderCreated& created) { dealers.insert(created.dealer); });
  }
  for (const auto dealer : dealers) {
    dealers_.emplace(facts_.dealer_names[dealer.value]);
    follow_credit(dealer);
  }
}

// What each set-off spent: grants in log order, the first first. A set-off beyond the credit
// spends what is granted next.
void Trail::follow_credit(DealerId dealer) {
  struct Step {
    std::uint32_t index;
    std::int64_t amount_fen;
    bool grant, ours;
  };

  std::vector<Step> steps;
  for (const auto& settlement : facts_.settlements.all()) {
    if (!stands(settlement) || settlement.step != Settlement::Kind::approved) continue;
    const auto* created =
        facts_.created.latest(facts_.orders[settlement.order.value].created, stands);
    if (created == nullptr || created->dealer != dealer) continue;
    steps.push_back(
        {settlement.index, settlement.amount_fen, true, orders_.contains(settlement.order)});
  }
  for (const auto& setoff : facts_.setoffs.all()) {
    if (stands(setoff) && setoff.dealer == dealer)
      steps.push_back({setoff.index, setoff.amount_fen, false, false});
  }
  std::sort(steps.begin(), steps.end(),
            [](const Step& a, const Step& b) { return a.index < b.index; });
  std::deque<Step> open;  // of one sort: grants not spent, or set-offs not covered
  for (auto step : steps) {
    while (step.amount_fen > 0 && !open.empty() && open.front().grant != step.grant) {
      auto& other = open.front();
      const auto part = std::min(step.amount_fen, other.amount_fen);
      if (step.ours || other.ours) setoffs_.insert(step.grant ? other.index : step.index);
      step.amount_fen -= part;
      other.amount_fen -= part;
      if (other.amount_fen == 0) open.pop_front();
    }
    if (step.amount_fen > 0) open.push_back(step);
  }
}

bool Trail::has_order(const flatbuffers::String* order) const {
  return order_names_.contains(order->string_view());
}

bool Trail::has_finding(const flatbuffers::String* finding) const {
  return finding != nullptr && finding_names_.contains(finding->string_view());
}

bool Trail::belongs(const ledger::Entry& entry) const {
  const auto type = entry.type();
  if (type == P::SettlementRequested)
    return has_order(entry.payload<schema::SettlementRequested>().order());
  if (type == P::SettlementApproved)
    return has_order(entry.payload<schema::SettlementApproved>().order());
  if (type == P::SettlementRefused)
    return has_order(entry.payload<schema::SettlementRefused>().order());
  if (type == P::SetoffApplied)
    return setoffs_.contains(static_cast<std::uint32_t>(entry.index.value));
  if (type == P::AppealFiled) return has_finding(entry.payload<schema::AppealFiled>().finding());
  if (type == P::AppealDecided)
    return has_finding(entry.payload<schema::AppealDecided>().finding());
  if (type == P::PenaltyWarned)
    return has_finding(entry.payload<schema::PenaltyWarned>().finding());
  if (type == P::InspectionSampleDrawn) {
    const auto& orders = *entry.payload<schema::InspectionSampleDrawn>().orders();
    return std::any_of(orders.begin(), orders.end(),
                       [&](const auto* order) { return has_order(order); });
  }
  if (type == P::InspectionEvidenceAttached)
    return has_order(entry.payload<schema::InspectionEvidenceAttached>().order());
  if (type == P::InspectionObstructed) {
    const auto& data = entry.payload<schema::InspectionObstructed>();
    return inspections_.contains(data.inspection()->string_view()) &&
           dealers_.contains(data.dealer()->string_view());
  }
  if (type == P::EventVoided) {
    const auto& data = entry.payload<schema::EventVoided>();
    return taken_.contains(ledger::idempotency_key(data.target_source()->string_view(),
                                                   data.target_id()->string_view()));
  }
  return subjects_.contains(entry.event->subject()->string_view());
}

// An inspection is drawn, or shown evidence, before anybody stands in its way.
void Trail::note_inspection(const ledger::Entry& entry) {
  if (entry.type() == P::InspectionSampleDrawn)
    inspections_.emplace(entry.payload<schema::InspectionSampleDrawn>().inspection()->str());
  if (entry.type() == P::InspectionEvidenceAttached)
    inspections_.emplace(entry.payload<schema::InspectionEvidenceAttached>().inspection()->str());
}

bool Trail::take(const ledger::Entry& entry) {
  if (!belongs(entry)) return false;
  note_inspection(entry);
  taken_.insert(ledger::idempotency_key(*entry.event));
  return true;
}

}  // namespace projections
