// Prints `balances` and `targets`: what a dealer is owed, owes and has reached.
#include <algorithm>

#include "tests/naive/calendar.h"
#include "tests/naive/demo.h"
#include "tests/naive/fine.h"
#include "tests/naive/json_line.h"
#include "tests/naive/line.h"
#include "tests/naive/models.h"

namespace naive {
namespace {

std::int64_t sum_of(const Events& events) {
  std::int64_t sum = 0;
  for (const auto* event : events) sum += event->number("amount_fen");
  return sum;
}

bool before_in_log(const Event* a, const Event* b) {
  return a->index < b->index;
}

// The settlements of the orders of `dealer`.
Events grants(const View& view, const std::string& dealer) {
  Events result;
  for (const auto* event : all(view, "settlement.approved")) {
    const auto order = find_order(view, event->text("order"));
    if (order && order->dealer == dealer) result.push_back(event);
  }
  return result;
}

Events before(const Events& events, const Event* moment) {
  Events result;
  for (const auto* event : events) {
    if (before_in_log(event, moment)) result.push_back(event);
  }
  return result;
}

std::int64_t overdrawn(const View& view, const std::string& dealer) {
  const auto granted = grants(view, dealer);
  auto setoffs = all(view, "setoff.applied", {{"dealer", dealer}});
  std::sort(setoffs.begin(), setoffs.end(), before_in_log);
  std::int64_t sum = 0;
  for (const auto* setoff : setoffs) {
    const auto credit = sum_of(before(granted, setoff)) - sum_of(before(setoffs, setoff));
    sum +=
        std::max<std::int64_t>(0, setoff->number("amount_fen") - std::max<std::int64_t>(0, credit));
  }
  return sum;
}

// What is claimed back from a dealer, and what became of the claims.
struct Claims {
  std::int64_t issued{}, waived{}, recovered{};
};

Claims claims_on(const View& view, const std::string& dealer) {
  Claims claims;
  for (const auto* issued : standing(view, "clawback.issued", {"clawback"})) {
    if (issued->text("dealer") != dealer) continue;
    const auto id = issued->text("clawback");
    claims.issued += issued->number("amount_fen");
    claims.waived += sum_of(all(view, "clawback.waived", {{"clawback", id}}));
    claims.recovered += sum_of(all(view, "clawback.recovered", {{"clawback", id}}));
  }
  return claims;
}

std::int64_t fines_paid(const View& view, const std::string& dealer) {
  std::int64_t sum = 0;
  for (const auto& fine : all_fines(view)) {
    if (fine.dealer == dealer)
      sum += sum_of(all(view, "penalty.paid", {{"penalty", fine.penalty}}));
  }
  return sum;
}

std::set<std::string> dealers_with_balance(const View& view, const std::vector<Line>& lines) {
  std::set<std::string> dealers;
  for (const auto* event : all(view, {"dealer.authorised", "setoff.applied"})) {
    dealers.insert(event->text("dealer"));
  }
  for (const auto* event : standing(view, "clawback.issued", {"clawback"})) {
    dealers.insert(event->text("dealer"));
  }
  for (const auto& fine : all_fines(view)) dealers.insert(fine.dealer);
  for (const auto& line : lines) {
    if (line.order) dealers.insert(line.order->dealer);
  }
  for (const auto& demo : all_demos(view)) {
    if (demo.clawback_fen > 0) dealers.insert(demo.dealer);
  }
  return dealers;
}

std::string print_balance(const View& view, const std::vector<Line>& lines,
                          const std::string& dealer) {
  const auto granted = sum_of(grants(view, dealer));
  const auto setoff = sum_of(all(view, "setoff.applied", {{"dealer", dealer}}));
  const auto claims = claims_on(view, dealer);
  const auto paid = fines_paid(view, dealer);
  std::int64_t fines = 0;
  for (const auto& fine : all_fines(view)) fines += fine.dealer == dealer ? fine.due_fen : 0;
  std::int64_t to_claw_back = 0;
  std::int64_t payable = 0;
  for (const auto& line : lines) {
    if (!line.order || line.order->dealer != dealer) continue;
    to_claw_back += line.over_fen();
    payable += line.payable_fen();
  }
  for (const auto& demo : all_demos(view)) {
    if (demo.dealer == dealer) to_claw_back += demo.over_fen;
  }
  JsonLine json;
  json.add("dealer", dealer);
  json.add("granted_fen", granted);
  json.add("setoff_fen", setoff);
  json.add("credit_fen", granted - setoff);
  json.add("overdrawn_fen", overdrawn(view, dealer));
  json.add("issued_fen", claims.issued);
  json.add("waived_fen", claims.waived);
  json.add("recovered_fen", claims.recovered);
  json.add("fines_fen", fines);
  json.add("fines_paid_fen", paid);
  json.add("receivable_fen", claims.issued - claims.waived - claims.recovered + fines - paid);
  json.add("to_claw_back_fen", to_claw_back);
  json.add("payable_fen", payable);
  return json.text();
}

// A dealer's year against its contract.
struct Target {
  std::int64_t counted{}, special_excluded{}, hq_direct{};
  std::optional<std::int64_t> target;
  bool award_lost{};
};

using Targets = std::map<std::pair<std::string, std::int64_t>, Target>;

void count_deliveries(const View& view, Targets& targets) {
  for (const auto& order : all_orders(view)) {
    for (const auto& [vin, delivered] : genuine(view, order.id)) {
      if (demo_car(view, vin)) continue;
      auto& target = targets[{order.dealer, year_of(delivered)}];
      if (order.channel == "hq_direct") {
        ++target.hq_direct;
        ++target.counted;
      } else if (special_in_force(view, order)) {
        ++target.special_excluded;
      } else {
        ++target.counted;
      }
    }
  }
}

void lose_awards(const View& view, Targets& targets) {
  for (const auto& finding : view.findings) {
    if (finding.kind != "false_claim") continue;
    const auto order = find_order(view, finding.order);
    if (order) targets[{finding.dealer, year_of(order->created->date)}].award_lost = true;
  }
}

// `counted` of `target` in bp, half away from zero.
std::int64_t attainment_bp(std::int64_t counted, std::int64_t target) {
  return (counted * 10'000 * 2 + target) / (target * 2);
}

}  // namespace

Models::Lines print_balances(const View& view) {
  const auto lines = all_lines(view);
  Models::Lines printed;
  for (const auto& dealer : dealers_with_balance(view, lines)) {
    printed.push_back(print_balance(view, lines, dealer));
  }
  return printed;
}

Models::Lines print_targets(const View& view) {
  Targets targets;
  for (const auto* contract : all(view, "dealer.contract_signed")) {
    targets[{contract->text("dealer"), contract->number("year")}].target =
        contract->number("target_vehicles");
  }
  count_deliveries(view, targets);
  lose_awards(view, targets);
  Models::Lines printed;
  for (const auto& [key, target] : targets) {
    JsonLine json;
    json.add("dealer", key.first);
    json.add("year", key.second);
    json.add("counted", target.counted);
    json.add("special_excluded", target.special_excluded);
    json.add("hq_direct", target.hq_direct);
    json.add("target", target.target);
    if (target.target && *target.target > 0) {
      json.add("attainment_bp", attainment_bp(target.counted, *target.target));
    }
    json.add_bool("award_lost", target.award_lost);
    printed.push_back(json.text());
  }
  return printed;
}

}  // namespace naive
