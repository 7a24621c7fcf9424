#include "projections/event_names.h"
#include "projections/json.h"
#include "projections/models.h"
#include "projections/unmet_rows.h"

namespace projections {
namespace {

using schema::LineKind;

// The least customer id of the party, in byte order.
std::string_view party_name(const Facts& facts, const std::vector<CustomerId>& party) {
  auto least = facts.customer_names[party.front().value];
  for (const auto member : party) least = std::min(least, facts.customer_names[member.value]);
  return least;
}

bool is_supported(LineKind kind) {
  return kind == LineKind::standard || kind == LineKind::special || kind == LineKind::recognised;
}

// Keys that an unknown order does not have, up to the counts.
void put_order(const Facts& facts, const Line& line, JsonObject& object) {
  const auto& created = *line.now.created;
  object.text("dealer", facts.dealer_names[created.dealer.value]);
  object.text("customer", facts.customer_names[created.customer.value]);
  object.text("party", party_name(facts, line.now.party));
  object.text("project", facts.project_names[created.project.value]);
  if (line.now.pack != nullptr) {
    object.text("policy", line.now.pack->policy);
    object.number("version", line.now.pack->version);
  }
}

void put_counts(const Line& line, JsonObject& object) {
  const auto& now = line.now;
  object.number("genuine", now.deliveries.genuine);
  if (now.created == nullptr || now.pack == nullptr) return;
  if (is_supported(line.kind) || line.kind == LineKind::delivery_fee) {
    object.number("complete", now.deliveries.complete);
  }
  if (is_supported(line.kind)) {
    object.number("prior", now.accumulated.prior_count);
    object.number("own", now.accumulated.own_count);
    object.number("basis", now.basis());
  }
  if (now.tier != nullptr) object.number("tier", now.tier->from);
}

std::string row_of(const Facts& facts, const Line& line, const EventNames& events) {
  const auto& now = line.now;
  std::string row;
  JsonObject object(row);
  object.text("line", line_name(facts, line.order, line.kind));
  object.text("order", facts.order_names[line.order.value]);
  object.text("kind", kind_name(line.kind));
  if (now.created != nullptr) put_order(facts, line, object);
  put_counts(line, object);
  if (now.rate_fen) object.number("rate_fen", *now.rate_fen);
  object.number("entitled_fen", now.entitled_fen);
  object.number("pending_fen", now.pending_fen);
  object.number("granted_fen", line.claims.granted_fen);
  object.number("issued_fen", line.claims.issued_fen);
  object.number("waived_fen", line.claims.waived_fen);
  object.number("over_fen", line.over_fen);
  object.number("payable_fen", line.payable_fen);
  if (now.fallback) object.text("fallback", "standard");
  object.text("clause", now.clause);
  std::string unmet;
  append_unmet(now.unmet, events, unmet);
  object.raw("unmet", unmet);
  object.close();
  return row;
}

}  // namespace

ledger::Result<ModelRows> print_entitlements(const Replay& replay) {
  std::vector<std::uint32_t> cited;
  for (const auto& line : replay.lines()) {
    for (const auto& unmet : line.now.unmet) {
      if (unmet.event) cited.push_back(*unmet.event);
    }
  }
  const auto events = TRY(EventNames::read(replay.source(), std::move(cited)));
  ModelRows rows;
  rows.rows.reserve(replay.lines().size());
  for (const auto& line : replay.lines()) {
    if (line.overflow) {
      rows.overflows.push_back(line_name(replay.facts(), line.order, line.kind));
      rows.overflow_keys.push_back(keys_of_line(replay.world(), line));
    } else {
      rows.rows.push_back(row_of(replay.facts(), line, events));
    }
  }
  return rows;
}

}  // namespace projections
