#include "projections/exposure.h"

#include <algorithm>

#include "projections/amounts.h"
#include "projections/counting.h"
#include "projections/json.h"
#include "projections/open_findings.h"
#include "projections/protection.h"

namespace projections {
namespace {

using Kind = Exposure::Kind;

// Whether the line's tier rests on vehicles of `order`.
bool rests_on(const Line& line, OrderId order) {
  const auto among = [&](const std::vector<Contribution>& parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const Contribution& part) { return part.order == order; });
  };
  return order == line.order || among(line.now.accumulated.prior) ||
         among(line.now.accumulated.own);
}

void sort_by_name(const Facts& facts, std::vector<VinId>& vins) {
  std::sort(vins.begin(), vins.end(),
            [&](VinId a, VinId b) { return facts.vin_names[a.value] < facts.vin_names[b.value]; });
}

// The vehicles whose genuine delivery on the order lacks a document.
template <class Lacks>
std::vector<VinId> lacking(const World& world, OrderId order, Lacks&& lacks) {
  std::vector<VinId> vins;
  for (const auto& held : world.standing(View{}).held(order)) {
    if (is_genuine(held, order, View{}) && lacks(world.facts().vehicles[held.vin.value]))
      vins.push_back(held.vin);
  }
  sort_by_name(world.facts(), vins);
  return vins;
}

// The filing's confirmation that the line rests on, where nobody could have known of any when
// the order was placed (policy.md, G5).
const FilingMoved* backdated_confirmation(const World& world, const OrderCreated& order) {
  if (!order.filing) return nullptr;
  const auto& facts = world.facts();
  const auto& filing = facts.filings[order.filing.value];
  if (known_confirmed(facts, filing, order.ns)) return nullptr;
  return facts.filing_moves.latest(filing.moves, [&](const FilingMoved& move) {
    return stands(move) && move.kind == FilingMoved::Kind::confirmed && move.ns <= order.ns &&
           order.ns < move.recorded.ns;
  });
}

bool earns_by_vehicle(schema::LineKind kind) {
  return kind == schema::LineKind::standard || kind == schema::LineKind::special ||
         kind == schema::LineKind::recognised;
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::open_finding:
      return "open_finding";
    case Kind::missing_document:
      return "missing_document";
    case Kind::likely_reversal:
      break;
  }
  return "likely_reversal";
}

}  // namespace

ledger::Result<Exposures> Exposures::of(const Replay& replay, const Cut& cut) {
  Exposures exposures(replay);
  exposures.open_ = open_findings(replay.facts());
  const auto as_of = replay.as_of();
  if (exposures.open_.empty() || !as_of) return exposures;

  OverlaySource overlay(replay.source());
  TRY(suppose_confirmed(replay.facts(), exposures.open_, *as_of, overlay));
  const auto worst = TRY(Replay::run(overlay, cut, replay.threads()));
  for (const auto& change : changed_lines(amounts_of(replay), amounts_of(*worst))) {
    if (change.difference_fen() < 0)
      exposures.losses_.emplace_back(change.line, -change.difference_fen());
  }
  return exposures;
}

void Exposures::add_findings(const Line& line, std::vector<Exposure>& found) const {
  for (const auto& open : open_) {
    if (!rests_on(line, open.raised->order)) continue;
    Exposure exposure;
    exposure.kind = Kind::open_finding;
    exposure.subject = replay_->facts().finding_names[open.finding.value];
    exposure.order = open.raised->order;
    exposure.event = open.raised->index;
    found.push_back(std::move(exposure));
  }
}

void Exposures::add_documents(const Line& line, std::vector<Exposure>& found) const {
  const auto* rules = line.now.rules();
  if (rules == nullptr || line.now.created == nullptr) return;
  const auto& world = replay_->world();
  const auto& facts = replay_->facts();
  const auto& asked = rules->completeness;
  const auto add = [&](std::string_view document, std::vector<VinId> vins) {
    Exposure exposure;
    exposure.kind = Kind::missing_document;
    exposure.subject = document;
    exposure.vins = std::move(vins);
    found.push_back(std::move(exposure));
  };
  const auto add_vehicles = [&](bool wanted, std::string_view document, auto&& lacks) {
    if (!wanted) return;
    if (auto vins = lacking(world, line.order, lacks); !vins.empty())
      add(document, std::move(vins));
  };
  if (!earns_by_vehicle(line.kind)) return;
  add_vehicles(asked.registered, "registration", [&](const Vehicle& vehicle) {
    return !facts.registrations.any(vehicle.registrations, stands);
  });
  add_vehicles(asked.local_subsidy_applied, "local_subsidy", [&](const Vehicle& vehicle) {
    return !facts.local_subsidies.any(vehicle.local_subsidies, stands);
  });
  if (!has_status(world, line.order, asked, View{})) add("order_status", {});
  const auto agreement = line.now.created->agreement;
  if (!agreement) return;
  const auto* uploaded = facts.agreement_moves.latest(
      facts.agreements[agreement.value].moves,
      [](const AgreementMoved& move) { return stands(move) && move.uploaded; });
  if (uploaded == nullptr) add("agreement_scan", {});
}

void Exposures::add_reversals(const Line& line, std::vector<Exposure>& found) const {
  Exposure exposure;
  exposure.kind = Kind::likely_reversal;
  const auto name = line_name(replay_->facts(), line.order, line.kind);
  const auto loss = std::lower_bound(
      losses_.begin(), losses_.end(), name,
      [](const auto& entry, const std::string& wanted) { return entry.first < wanted; });
  if (loss != losses_.end() && loss->first == name) {
    exposure.subject = "open_finding";
    exposure.amount_fen = loss->second;
    found.push_back(exposure);
  }
  if (line.now.created == nullptr) return;
  const auto* confirmed = earns_by_vehicle(line.kind)
                              ? backdated_confirmation(replay_->world(), *line.now.created)
                              : nullptr;
  if (confirmed == nullptr) return;
  exposure.subject = "backdated_confirmation";
  exposure.amount_fen = line.now.entitled_fen;
  exposure.event = confirmed->index;
  found.push_back(exposure);
}

// A demo car has no part in any support (C-III), yet no condition of a fleet policy asks for it.
void Exposures::add_demo_cars(const Line& line, std::vector<Exposure>& found) const {
  if (!earns_by_vehicle(line.kind) || line.now.entitled_fen == 0) return;
  const auto& world = replay_->world();
  Exposure exposure;
  exposure.kind = Kind::likely_reversal;
  exposure.subject = "demo_car";
  for (const auto& held : world.standing(View{}).held(line.order)) {
    if (is_genuine(held, line.order, View{}) && world.is_demo_car(held.vin) &&
        has_papers(world, held.vin, line.now.rules()->completeness, View{}))
      exposure.vins.push_back(held.vin);
  }
  if (exposure.vins.empty()) return;
  sort_by_name(world.facts(), exposure.vins);
  // No more vehicles than the line was paid for, whose amount fits.
  exposure.amount_fen = *line.now.rate_fen * static_cast<std::int64_t>(exposure.vins.size());
  found.push_back(std::move(exposure));
}

std::vector<Exposure> Exposures::on(const Line& line) const {
  std::vector<Exposure> found;
  add_findings(line, found);
  add_documents(line, found);
  add_reversals(line, found);
  add_demo_cars(line, found);
  return found;
}

void append_exposure(const Facts& facts, const Exposure& exposure, const EventNames& events,
                     std::string& out) {
  constexpr std::string_view subjects[] = {"finding", "document", "reason"};
  JsonObject object(out);
  object.text("kind", name_of(exposure.kind));
  object.text(subjects[static_cast<std::size_t>(exposure.kind)], exposure.subject);
  if (exposure.order) object.text("order", facts.order_names[exposure.order.value]);
  if (!exposure.vins.empty()) {
    object.array("vins", exposure.vins, [&](VinId vin, std::string& text) {
      append_quoted(facts.vin_names[vin.value], text);
    });
  }
  if (exposure.event) {
    std::string event;
    events.append(*exposure.event, event);
    object.raw("event", event);
  }
  if (exposure.amount_fen) object.number("amount_fen", *exposure.amount_fen);
  object.close();
}

}  // namespace projections
