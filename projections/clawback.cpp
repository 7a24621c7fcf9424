#include "projections/clawback.h"

#include <algorithm>

#include "projections/policy/money.h"

namespace projections {
namespace {

using policy::Int128;

// max(0, …) of a sum in 128 bits; nothing when it does not fit.
std::optional<std::int64_t> at_least_zero(Int128 amount) {
  return policy::narrow(amount < 0 ? Int128{0} : amount);
}

std::optional<std::int64_t> over_of(const Claims& claims, const Evaluation& evaluation) {
  if (evaluation.overflow) return std::nullopt;
  return at_least_zero(Int128{claims.granted_fen} - evaluation.entitled_fen - claims.issued_fen);
}

std::optional<std::int64_t> payable_of(const Claims& claims, const Evaluation& evaluation) {
  if (evaluation.overflow) return std::nullopt;
  return at_least_zero(Int128{evaluation.entitled_fen} + claims.issued_fen - claims.waived_fen -
                       claims.granted_fen);
}

void add_findings_on(const World& world, OrderId order, std::vector<FindingId>& into) {
  const auto found = world.findings().on(order);
  into.insert(into.end(), found.begin(), found.end());
}

// The vehicles that would be in the line's prior or own if no finding counted, sorted.
std::vector<VinId> counted_without_findings(const World& world, const Line& line) {
  const auto view = View::without_findings();
  const auto unfound = evaluate(world, line.order, line.kind, line.claims, view).accumulated;
  const auto ordered_on = line.now.created->day;
  std::vector<VinId> counted;
  for (const auto& part : unfound.prior) {
    for (const auto& held : world.standing(view).held(part.order)) {
      const auto day = held.delivery->day;
      if (day >= unfound.window_from.days && day <= ordered_on) counted.push_back(held.vin);
    }
  }
  for (const auto& part : unfound.own) {
    for (const auto& held : world.standing(view).held(part.order)) counted.push_back(held.vin);
  }
  std::sort(counted.begin(), counted.end());
  return counted;
}

// Findings on other orders that name one of those vehicles.
void add_cascading(const World& world, const Line& line, std::vector<FindingId>& into) {
  const auto counted = counted_without_findings(world, line);
  for (const auto vin : counted) {
    for (const auto finding : world.findings().naming(vin)) {
      if (world.findings()[finding].confirmed->order != line.order) into.push_back(finding);
    }
  }
}

}  // namespace

void split_over(const World& world, Line& line) {
  const auto over = over_of(line.claims, line.now);
  const auto payable = payable_of(line.claims, line.now);
  if (!over || !payable) {
    line.overflow = true;
    return;
  }
  line.over_fen = *over;
  line.payable_fen = *payable;
  if (line.over_fen == 0) return;
  if (line.now.created == nullptr) {
    line.causes.ineligible_fen = line.over_fen;
    return;
  }
  // The part of `left` that would still be over under `view`.
  const auto still_over = [&](std::int64_t left, const View& view) {
    const auto other = evaluate(world, line.order, line.kind, line.claims, view);
    const auto there = over_of(line.claims, other);
    if (!there) line.overflow = true;
    return std::min(left, there.value_or(left));
  };
  const auto left1 = still_over(line.over_fen, View::without_findings_on(line.order));
  const auto left2 = still_over(left1, View::without_findings());
  const auto left3 = left2 == 0 ? 0 : still_over(left2, View::without_corrections());
  line.causes = {line.over_fen - left1, left1 - left2, left2 - left3, left3};

  if (line.causes.direct_fen > 0) add_findings_on(world, line.order, line.findings);
  if (line.causes.cascade_fen > 0) add_cascading(world, line, line.findings);
  const auto& names = world.facts().finding_names;
  std::sort(line.findings.begin(), line.findings.end(),
            [&](FindingId a, FindingId b) { return names[a.value] < names[b.value]; });
  line.findings.erase(std::unique(line.findings.begin(), line.findings.end()), line.findings.end());
}

Line evaluate_line(const World& world, OrderId order, schema::LineKind kind) {
  Line line;
  line.order = order;
  line.kind = kind;
  const auto claims = world.claims().of(order, kind);
  if (!claims) {
    line.overflow = true;
    return line;
  }
  line.claims = *claims;
  line.now = evaluate(world, order, kind, line.claims, View{});
  split_over(world, line);
  return line;
}

}  // namespace projections
