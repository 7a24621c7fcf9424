#include "projections/fines.h"

#include <map>

namespace projections {
namespace {

using ledger::Date;

// Whether the finding or complaint calls for a fine, and within which bounds.
struct Ground {
  OrderId order;
  std::string_view clause;
  bool calls = false;
  const policy::Pack* pack = nullptr;
  const Fact* event = nullptr;
};

Ground ground_of_finding(const World& world, FindingId finding) {
  const auto& state = world.findings()[finding];
  Ground ground;
  ground.clause = "N8.4";
  ground.calls = state.effective;
  ground.event = state.stated;
  if (state.stated == nullptr) return ground;
  ground.order = state.stated->order;
  ground.pack = world.pack_of(ground.order);
  return ground;
}

Ground ground_of_complaint(const World& world, ComplaintId complaint) {
  const auto& facts = world.facts();
  const auto& chains = facts.complaints[complaint.value];
  const auto* opened = facts.complaints_opened.latest(chains.opened, stands);
  const auto* adjudicated = facts.complaints_adjudicated.latest(chains.adjudicated, stands);
  Ground ground;
  ground.clause = "N8.3";
  ground.calls = adjudicated != nullptr && adjudicated->at_fault && adjudicated->major_loss;
  ground.event = adjudicated;
  if (opened == nullptr) return ground;
  ground.order = opened->order;
  ground.pack = opened->order ? world.pack_of(opened->order)
                              : world.policies().governing(Model::nev_fleet, {}, Date{opened->day},
                                                           opened->dealer);
  return ground;
}

bool within(const Ground& ground, const PenaltyImposed& imposed) {
  if (ground.pack == nullptr) return false;
  const auto& bounds = ground.pack->fleet()->penalty;
  if (imposed.complaint) return imposed.amount_fen == bounds.complaint_fen;
  return imposed.amount_fen >= bounds.false_claim_min_fen &&
         imposed.amount_fen <= bounds.false_claim_max_fen;
}

}  // namespace

std::vector<Fine> all_fines(const World& world) {
  const auto& facts = world.facts();
  std::vector<Fine> fines;
  // The first fine within range of each finding and complaint.
  std::map<std::pair<FindingId, ComplaintId>, std::size_t> first;
  std::vector<bool> called;
  for (std::uint32_t number = 0; number < facts.penalties.size(); ++number) {
    const auto* imposed = facts.penalties_imposed.latest(facts.penalties[number].imposed, stands);
    if (imposed == nullptr) continue;
    const auto ground = imposed->finding ? ground_of_finding(world, imposed->finding)
                                         : ground_of_complaint(world, imposed->complaint);
    Fine fine{PenaltyId{number},         imposed,      ground.order, ground.clause, 0,
              !within(ground, *imposed), ground.event, ground.pack};
    if (!fine.out_of_range) {
      const auto [at, added] =
          first.try_emplace({imposed->finding, imposed->complaint}, fines.size());
      if (!added && earlier(*imposed, *fines[at->second].imposed)) at->second = fines.size();
    }
    fines.push_back(fine);
    called.push_back(ground.calls);
  }
  for (const auto& [ground, at] : first) {
    if (called[at]) fines[at].due_fen = fines[at].imposed->amount_fen;
  }
  return fines;
}

}  // namespace projections
