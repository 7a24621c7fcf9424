#include "tests/naive/fine.h"

#include <algorithm>

namespace naive {
namespace {

const Pack* pack_of_order(const View& view, const std::optional<std::string>& id) {
  if (!id) return nullptr;
  const auto order = find_order(view, *id);
  return order ? governing_order(view, *order) : nullptr;
}

const Pack* pack_of_complaint(const View& view, const std::string& complaint) {
  const auto* opened = last(all(view, "complaint.opened", {{"complaint", complaint}}));
  if (opened == nullptr) return nullptr;
  if (opened->has("order")) return pack_of_order(view, opened->text("order"));
  return governing(view, std::nullopt, "nev-fleet", opened->date, opened->text("dealer"));
}

std::optional<std::string> order_of_complaint(const View& view, const std::string& complaint) {
  const auto* opened = last(all(view, "complaint.opened", {{"complaint", complaint}}));
  if (opened == nullptr || !opened->has("order")) return std::nullopt;
  return opened->text("order");
}

bool in_range(const View& view, const Event& penalty) {
  const auto amount = penalty.number("amount_fen");
  if (penalty.has("finding")) {
    const auto* pack = pack_of_order(view, order_of_finding(view, penalty.text("finding")));
    return pack != nullptr && pack->false_claim_min_fen <= amount &&
           amount <= pack->false_claim_max_fen;
  }
  const auto* pack = pack_of_complaint(view, penalty.text("complaint"));
  return pack != nullptr && amount == pack->complaint_fen;
}

// Whether what the fine is for calls for one.
bool deserved(const View& view, const Event& penalty) {
  if (penalty.has("finding")) {
    return std::any_of(view.findings.begin(), view.findings.end(),
                       [&](const Finding& f) { return f.id == penalty.text("finding"); });
  }
  const auto* judged =
      last(all(view, "complaint.adjudicated", {{"complaint", penalty.text("complaint")}}));
  return judged != nullptr && judged->flag("dealer_at_fault") && judged->flag("major_loss");
}

// Whether an earlier fine within range is for the same finding or complaint.
bool has_earlier(const View& view, const Event& penalty) {
  for (const auto* other : standing(view, "penalty.imposed", {"penalty"})) {
    const bool same = other->text("finding") == penalty.text("finding") &&
                      other->text("complaint") == penalty.text("complaint");
    if (same && earlier(*other, penalty) && in_range(view, *other)) return true;
  }
  return false;
}

}  // namespace

std::vector<Fine> all_fines(const View& view) {
  std::vector<Fine> fines;
  for (const auto* penalty : standing(view, "penalty.imposed", {"penalty"})) {
    Fine fine;
    fine.penalty = penalty->text("penalty");
    fine.dealer = penalty->text("dealer");
    if (penalty->has("finding")) {
      fine.finding = penalty->text("finding");
      fine.order = order_of_finding(view, *fine.finding);
    } else {
      fine.order = order_of_complaint(view, penalty->text("complaint"));
    }
    fine.out_of_range = !in_range(view, *penalty);
    const bool due = !fine.out_of_range && deserved(view, *penalty) && !has_earlier(view, *penalty);
    if (due) fine.due_fen = penalty->number("amount_fen");
    fines.push_back(fine);
  }
  std::sort(fines.begin(), fines.end(),
            [](const Fine& a, const Fine& b) { return a.penalty < b.penalty; });
  return fines;
}

}  // namespace naive
