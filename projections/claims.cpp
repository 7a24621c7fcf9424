#include "projections/claims.h"

#include <algorithm>
#include <tuple>

namespace projections {
namespace {

using policy::Int128;
using Target = std::tuple<std::uint32_t, schema::LineKind, std::uint32_t>;

Target target_of(const Claim& claim) {
  return {claim.issued->order.value, claim.issued->kind, claim.issued->vin.value};
}

// The claims on one target: a run, since they are sorted by it.
auto run_of(const std::vector<Claim>& claims, const Target& target) {
  struct ByTarget {
    bool operator()(const Claim& a, const Target& b) const { return target_of(a) < b; }

    bool operator()(const Target& a, const Claim& b) const { return a < target_of(b); }
  };

  return std::equal_range(claims.begin(), claims.end(), target, ByTarget{});
}

}  // namespace

ClaimBook::ClaimBook(const Facts& facts) : facts_(&facts) {
  for (const auto& clawback : facts.clawbacks) {
    Claim claim;
    claim.issued = facts.clawbacks_issued.latest(clawback.issued, stands);
    if (claim.issued == nullptr) continue;
    facts.clawbacks_reduced.each(clawback.reduced, [&](const ClawbackReduced& reduced) {
      if (!stands(reduced)) return;
      (reduced.waived ? claim.waived_fen : claim.recovered_fen) += reduced.amount_fen;
    });
    claims_.push_back(claim);
  }
  std::stable_sort(claims_.begin(), claims_.end(),
                   [](const Claim& a, const Claim& b) { return target_of(a) < target_of(b); });
}

std::optional<Claims> ClaimBook::of(OrderId order, schema::LineKind kind) const {
  Int128 granted = 0;
  for (FactRef at = facts_->orders[order.value].settlements; at != no_fact;) {
    const auto& settlement = facts_->settlements[at];
    const bool counts = !settlement.voided && settlement.step == Settlement::Kind::approved &&
                        settlement.kind == kind;
    if (counts) granted += settlement.amount_fen;
    at = settlement.previous_of_order;
  }
  Int128 issued = 0;
  Int128 waived = 0;
  const auto [first, last] = run_of(claims_, {order.value, kind, Names::none});
  for (auto claim = first; claim != last; ++claim) {
    issued += claim->issued->amount_fen;
    waived += claim->waived_fen;
  }
  const auto granted_fen = policy::narrow(granted);
  const auto issued_fen = policy::narrow(issued);
  const auto waived_fen = policy::narrow(waived);
  if (!granted_fen || !issued_fen || !waived_fen) return std::nullopt;
  return Claims{*granted_fen, *issued_fen, *waived_fen};
}

std::optional<std::int64_t> ClaimBook::issued_on_demo(VinId vin) const {
  Int128 issued = 0;
  const auto [first, last] = run_of(claims_, {Names::none, schema::LineKind{}, vin.value});
  for (auto claim = first; claim != last; ++claim) issued += claim->issued->amount_fen;
  return policy::narrow(issued);
}

}  // namespace projections
