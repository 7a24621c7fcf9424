#include <algorithm>

#include "tests/support/random_story.h"

namespace test {
namespace {

// An event that may be voided, mostly one that matters.
const DraftEvent* any_target(Story& story) {
  auto& dice = story.dice;
  const auto wanted =
      dice.pick({"order.created", "order.created", "vehicle.delivered", "vehicle.delivered",
                 "finding.confirmed", "order.support_decided", "settlement.approved",
                 "customer.registered", "filing.confirmed", "vehicle.returned", "", "", ""});
  std::vector<const DraftEvent*> targets;
  for (const auto& draft : story.log.drafts()) {
    if (draft.type == "event.voided" || draft.type == "policy.published") continue;
    if (wanted.empty() || draft.type == wanted) targets.push_back(&draft);
  }
  return targets.empty() ? nullptr : dice.pick(targets);
}

void void_event(Story& story) {
  const auto* target = any_target(story);
  if (target == nullptr) return;
  auto& dice = story.dice;
  // The void's own date is free: only where it stands in the log counts.
  const auto when =
      dice.percent(70) ? plus(target->time.day, dice.pick({0, 10, 40})) : story.any_day();
  story.log.add("event.voided", story.any_time(when),
                {{"target_source", target->source},
                 {"target_id", target->id},
                 {"reason", "误录"},
                 {"evidence", boost::json::array{}}});
}

bool states_a_fact(const DraftEvent& draft) {
  static const std::vector<std::string> types = {
      "order.created",          "customer.registered",   "filing.submitted",
      "agreement.signed",       "bill.tendered",         "bill.decided",
      "vehicle.invoiced",       "complaint.adjudicated", "complaint.opened",
      "penalty.imposed",        "clawback.issued",       "finding.raised",
      "demo.approved",          "demo.purchased",        "demo.disposed",
      "dealer.contract_signed", "finding.confirmed",     "settlement.approved",
      "order.support_requested"};
  return std::find(types.begin(), types.end(), draft.type) != types.end();
}

// Changes one of the fields that another statement of the same fact may differ in.
void vary(Story& story, boost::json::object& data) {
  auto& dice = story.dice;
  for (auto& [key, value] : data) {
    if (!dice.percent(40)) continue;
    if (key == "quantity" || key == "target_vehicles") value = dice.between(1, 6);
    if (key == "amount_fen" || key == "price_fen") value = dice.between(1, 9) * 1'000;
    if (key == "dealer") value = dice.pick(story.dealers);
    if (key == "channel" && dice.percent(30)) value = "hq_direct";
    if (key == "major_loss") value = dice.percent(50);
    if (key == "class") value = dice.pick({"enterprise", "recognised", "taxi"});
  }
}

void restate(Story& story) {
  auto& dice = story.dice;
  std::vector<const DraftEvent*> facts;
  for (const auto& draft : story.log.drafts()) {
    if (states_a_fact(draft)) facts.push_back(&draft);
  }
  if (facts.empty()) return;
  auto fact = *dice.pick(facts);
  // A copy: adding to the log moves its drafts.
  vary(story, fact.data);
  const auto when = Moment{plus(fact.time.day, dice.pick({-1, 0, 0, 1, 5})), fact.time.second};
  story.log.add(fact.type, when, fact.data);
}

}  // namespace

void tell_correction(Story& story) {
  if (story.dice.percent(60)) {
    void_event(story);
  } else {
    restate(story);
  }
}

}  // namespace test
