#include "projections/findings.h"

#include <algorithm>

namespace projections {
namespace {

FindingState state_of(const Facts& facts, FindingId finding) {
  std::vector<const FindingMoved*> moves;
  facts.finding_moves.each(facts.findings[finding.value].moves, [&](const FindingMoved& move) {
    if (!move.voided) moves.push_back(&move);
  });
  std::sort(moves.begin(), moves.end(),
            [](const auto* a, const auto* b) { return earlier(*a, *b); });

  FindingState state;
  state.finding = finding;
  const FindingMoved* raised = nullptr;
  const auto vins_of = [&](const FindingMoved& move) {
    return std::span(facts.finding_vins).subspan(move.vins_from, move.vins_to - move.vins_from);
  };
  for (const auto* move : moves) {
    switch (move->move) {
      case FindingMoved::Kind::raised:
        raised = move;
        break;
      case FindingMoved::Kind::confirmed:
        state.confirmed = move;
        state.effective = true;
        state.vins = vins_of(*move);
        break;
      case FindingMoved::Kind::reversed:
        state.effective = false;
        state.vins = {};
        break;
      case FindingMoved::Kind::amended:
        if (state.effective) state.vins = vins_of(*move);
        break;
      case FindingMoved::Kind::upheld:
      case FindingMoved::Kind::dismissed:
        break;
    }
  }
  state.stated = state.confirmed != nullptr ? state.confirmed : raised;
  return state;
}

}  // namespace

Findings::Findings(const Facts& facts) {
  std::vector<std::pair<std::uint32_t, FindingId>> on_order;
  std::vector<std::pair<std::uint32_t, FindingId>> of_vin;
  states_.reserve(facts.findings.size());
  for (std::uint32_t number = 0; number < facts.findings.size(); ++number) {
    states_.push_back(state_of(facts, FindingId{number}));
    const auto& state = states_.back();
    if (!state.effective) continue;
    on_order.emplace_back(state.confirmed->order.value, FindingId{number});
    for (const auto vin : state.vins) of_vin.emplace_back(vin.value, FindingId{number});
  }
  by_order_.fill(facts.orders.size(), on_order);
  by_vin_.fill(facts.vehicles.size(), of_vin);
}

bool Findings::names(OrderId order, VinId vin) const {
  const auto found = naming(vin);
  return std::any_of(found.begin(), found.end(), [&](FindingId finding) {
    return states_[finding.value].confirmed->order == order;
  });
}

}  // namespace projections
