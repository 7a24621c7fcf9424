// Prints `bills`, `rebates` and `demos`: the commercial policy.
#include <algorithm>

#include "tests/naive/calendar.h"
#include "tests/naive/demo.h"
#include "tests/naive/json_line.h"
#include "tests/naive/line.h"
#include "tests/naive/models.h"

namespace naive {
namespace {

bool small_bank(const View& view, const Event& bill) {
  if (bill.flag("local_small_bank")) return true;
  const auto* list = last(until(all(view, "bank_list.published"), bill.date));
  return list != nullptr && list->set("refused_banks").count(bill.text("bank")) > 0;
}

std::vector<std::string> reasons_against(const View& view, const Event& bill,
                                         const BillRules& rules) {
  std::vector<std::string> reasons;
  const auto longest = add_months(bill.day("issued_on"), rules.max_tenor_months);
  if (bill.day("matures_on") > longest) reasons.emplace_back("tenor");
  if (bill.number("face_fen") > rules.max_face_fen) reasons.emplace_back("face");
  if (small_bank(view, bill)) reasons.emplace_back("local_small_bank");
  const auto endorsements = static_cast<std::int64_t>(bill.list("endorsements").size());
  if (endorsements > rules.max_endorsements) reasons.emplace_back("endorsements");
  return reasons;
}

std::int64_t deduction(const Event& bill, const BillRules& rules) {
  const auto short_until = add_months(bill.day("issued_on"), rules.short_tenor_months);
  const bool is_short = bill.day("matures_on") <= short_until;
  const bool direct = bill.list("endorsements").size() <= 1;
  const auto bp = direct ? (is_short ? rules.direct_short_bp : rules.direct_long_bp)
                         : (is_short ? rules.endorsed_short_bp : rules.endorsed_long_bp);
  return share(bill.number("face_fen"), bp);
}

std::string print_bill(const View& view, const Event& bill) {
  const auto* pack = governing(view, std::nullopt, "commercial", bill.date, bill.text("dealer"));
  const auto* decided = last(all(view, "bill.decided", {{"bill", bill.text("bill")}}));
  JsonLine json;
  json.add("bill", bill.text("bill"));
  json.add("dealer", bill.text("dealer"));
  std::optional<std::int64_t> expected;
  if (pack == nullptr) {
    json.add("reasons", std::vector<std::string>{"no_policy"});
  } else {
    const auto reasons = reasons_against(view, bill, pack->bill);
    json.add("expected", reasons.empty() ? "accepted" : "refused");
    json.add("reasons", reasons);
    if (reasons.empty()) expected = deduction(bill, pack->bill);
    json.add("deduction_fen", expected);
  }
  if (decided != nullptr) {
    json.add("decided", decided->text("decision"));
    if (expected && decided->text("decision") == "accepted") {
      json.add("difference_fen", decided->number("deduction_fen") - *expected);
    }
  }
  return json.text();
}

std::string month_of(ledger::Date date) {
  return ledger::to_string(date).substr(0, 7);
}

std::string print_rebate(const View& view, const std::string& dealer, const std::string& month) {
  const auto start = *ledger::parse_date(month + "-01");
  const auto civil = ledger::civil(start);
  const auto end = last_day_of_month(civil.year, civil.month);
  std::int64_t vehicles = 0;
  for (const auto& vin : invoiced(view, dealer, start, end)) {
    if (!demo_car(view, vin)) ++vehicles;
  }
  JsonLine json;
  json.add("dealer", dealer);
  json.add("month", month);
  json.add("vehicles", vehicles);
  if (const auto* pack = governing(view, std::nullopt, "commercial", end, dealer)) {
    const auto tier = tier_at(pack->volume_tiers, vehicles);
    json.add("expected_fen", tier ? tier->per_vehicle_fen * vehicles : 0);
  }
  std::int64_t paid = 0;
  for (const auto* event : all(view, "rebate.paid", {{"dealer", dealer}, {"month", month}})) {
    paid += event->number("amount_fen");
  }
  json.add("paid_fen", paid);
  return json.text();
}

std::string print_demo(const Demo& demo) {
  JsonLine json;
  json.add("vin", demo.vin);
  json.add("dealer", demo.dealer);
  if (demo.eligible) json.add_bool("eligible", *demo.eligible);
  if (demo.price_ok) json.add_bool("price_ok", *demo.price_ok);
  json.add("documents_due", demo.documents_due);
  json.add("documents", demo.documents);
  json.add("state", demo.state);
  json.add("clawback_fen", demo.clawback_fen);
  return json.text();
}

}  // namespace

Models::Lines print_bills(const View& view) {
  std::map<std::string, std::string> by_id;
  for (const auto* bill : standing(view, "bill.tendered", {"bill"})) {
    by_id[bill->text("bill")] = print_bill(view, *bill);
  }
  Models::Lines lines;
  for (const auto& [id, line] : by_id) lines.push_back(line);
  return lines;
}

Models::Lines print_rebates(const View& view) {
  std::set<std::pair<std::string, std::string>> rows;
  for (const auto* invoice : standing(view, "vehicle.invoiced", {"vin", "order"})) {
    rows.insert({invoice->text("dealer"), month_of(invoice->date)});
  }
  for (const auto* paid : all(view, "rebate.paid")) {
    rows.insert({paid->text("dealer"), paid->text("month")});
  }
  Models::Lines lines;
  for (const auto& [dealer, month] : rows) lines.push_back(print_rebate(view, dealer, month));
  return lines;
}

Models::Lines print_demos(const View& view) {
  Models::Lines lines;
  for (const auto& demo : all_demos(view)) lines.push_back(print_demo(demo));
  return lines;
}

}  // namespace naive
