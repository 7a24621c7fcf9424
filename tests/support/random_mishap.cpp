#include "tests/support/random_story.h"

namespace test {
namespace {

std::string any_vin(Story& story, const Sale& sale) {
  if (sale.vins.empty() || story.dice.percent(15)) return story.dice.pick(story.vins);
  return story.dice.pick(sale.vins);
}

void move_vehicle(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  const auto vin = any_vin(story, sale);
  const auto when =
      story.any_time(dice.percent(50) ? plus(sale.day, dice.pick({5, 6, 60})) : story.any_day());
  const auto order = dice.percent(75) ? sale.order : story.any_order();
  if (dice.percent(60)) {
    story.log.add("vehicle.returned", when, {{"vin", vin}, {"order", order}, {"reason", "退车"}});
    if (dice.percent(35)) {
      story.log.add("vehicle.delivered", story.any_time(plus(when.day, dice.pick({0, 3}))),
                    {{"vin", vin}, {"order", story.any_order()}, {"dealer", sale.dealer}});
    }
  } else {
    story.log.add("vehicle.delivered", when,
                  {{"vin", vin}, {"order", order}, {"dealer", sale.dealer}});
  }
}

void shrink_order(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  const auto when = story.any_time(plus(sale.day, dice.pick({0, 2, 40})));
  if (dice.percent(65)) {
    story.log.add("order.quantity_reduced", when,
                  {{"order", sale.order}, {"quantity", dice.between(0, 5)}, {"reason", "减少"}});
  } else {
    story.log.add("order.cancelled", when, {{"order", sale.order}, {"reason", "取消"}});
  }
}

void approve_spec(Story& story, const Sale& sale) {
  auto when = at(sale.day, 10);  // the very time of the order
  if (story.dice.percent(70)) when = at(plus(sale.day, story.dice.pick({-3, 0, 3})), 9);
  story.log.add("order.spec_approved", when, {{"order", sale.order}});
}

void change_filing(Story& story, const Sale& sale) {
  if (sale.filing.empty()) return;
  auto& dice = story.dice;
  auto when = at(sale.day, 10);
  if (dice.percent(85)) when = story.any_time(plus(sale.day, dice.pick({-2, 0, 5, 50})));
  const auto& filing = sale.filing;
  const int what = dice.below(10);
  if (what < 3) {
    story.log.add("filing.released", when, {{"filing", filing}, {"reason", "无进展"}});
  } else if (what < 5) {
    story.log.add("filing.rejected", when, {{"filing", filing}, {"reason", "重复"}});
  } else if (what < 7) {
    story.log.add("filing.confirmed", when, {{"filing", filing}, {"customer_code", "KH"}});
  } else {
    story.log.add("filing.reassigned", when,
                  {{"filing", filing}, {"to_dealer", dice.pick(story.dealers)}});
  }
}

// A decision besides the one the sale began with: again, against, or of another kind.
void decide_support(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  const auto kind = dice.percent(40) ? sale.kind : dice.pick({"standard", "special", "recognised"});
  if (kind == "delivery_fee") return;
  const bool approved = dice.percent(70);
  boost::json::object data = {{"order", dice.percent(92) ? sale.order : "O9"},
                              {"kind", kind},
                              {"decision", approved ? "approved" : "rejected"},
                              {"approver_role", "fleet_dept"}};
  if (approved && kind == "special") data["rate_fen"] = dice.between(1, 9) * 1'000;
  const auto when = at(plus(sale.day, dice.pick({0, 0, 2, 3, 200})), dice.pick({9, 11, 15}));
  story.log.add("order.support_decided", when, data);
}

void change_dealer(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  const auto when =
      story.any_time(dice.percent(60) ? plus(sale.day, dice.pick({-5, 0, 5})) : story.any_day());
  const int what = dice.below(10);
  if (what < 4) {
    story.log.add("dealer.suspended", when, {{"dealer", sale.dealer}, {"reason", "整改"}});
  } else if (what < 6) {
    story.log.add("dealer.authorised", when,
                  {{"dealer", sale.dealer},
                   {"name", "汽车销售"},
                   {"region", "华东"},
                   {"level", dice.pick({1, 2})}});
  } else if (what < 8) {
    story.log.add("dealer.manager_removed", when, {{"dealer", sale.dealer}, {"person", "王"}});
  } else {
    story.log.add("dealer.manager_assigned", when,
                  {{"dealer", sale.dealer}, {"person", dice.pick({"王", "李"})}});
  }
}

void reward(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  const auto order = dice.percent(92) ? sale.order : "O9";
  if (dice.percent(85)) {
    story.log.add("reward.tender_won", story.any_time(sale.day),
                  {{"order", order},
                   {"dealer", sale.dealer},
                   {"national", dice.percent(85)},
                   {"informed", dice.percent(92)},
                   {"took_part", dice.percent(92)}});
  }
  if (dice.percent(90)) {
    story.log.add("reward.decided", story.any_time(plus(sale.day, 3)),
                  {{"order", order},
                   {"dealer", sale.dealer},
                   {"rate_bp", dice.pick({49, 50, 75, 133, 300, 301})}});
  }
  for (const auto& vin : sale.vins) {
    if (!dice.percent(80)) continue;
    boost::json::object data = {{"vin", vin},
                                {"dealer", sale.dealer},
                                {"invoice", story.fresh("INV")},
                                {"price_fen", dice.between(0, 400) * 25},
                                {"model", "EU260"}};
    if (dice.percent(85)) data["order"] = sale.order;
    story.log.add("vehicle.invoiced", story.any_time(plus(sale.day, dice.pick({0, 4}))), data);
  }
}

void settle_more(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  const auto order = dice.percent(85) ? sale.order : "O9";
  const auto kind = dice.percent(60) ? sale.kind : any_kind(dice);
  const auto when = story.any_time(plus(sale.day, dice.pick({8, 40, 90})));
  const auto settlement = dice.percent(80) ? story.fresh("S") : "S0";
  if (dice.percent(30)) {
    story.log.add("settlement.requested", when,
                  {{"settlement", settlement},
                   {"order", order},
                   {"kind", kind},
                   {"vins", boost::json::array{}}});
  } else {
    story.log.add("settlement.approved", when,
                  {{"settlement", settlement},
                   {"order", order},
                   {"kind", kind},
                   {"stage", "interim"},
                   {"amount_fen", dice.between(0, 12) * 1'000}});
  }
}

void recognise(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  story.log.add("customer.recognition_approved",
                story.any_time(plus(sale.day, dice.pick({-5, 0, 5}))),
                {{"customer", sale.customer},
                 {"approver_role", dice.pick({"gm", "sales_gm", "region"})},
                 {"rate_fen", dice.between(1, 9) * 1'000},
                 {"pr_confirmed", dice.percent(85)},
                 {"gm_office_filed", dice.percent(85)}});
}

// Things no rule reads, which may still move the as-of date.
void chat(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  const auto when =
      story.any_time(dice.percent(60) ? plus(day("2018-01-01"), dice.below(60)) : story.any_day());
  if (dice.percent(60)) {
    story.log.add("customer.visited", when, {{"customer", sale.customer}, {"dealer", sale.dealer}});
  } else if (dice.percent(50)) {
    story.log.add("key.revoked", when, {{"key", "0a1b2c3d"}, {"reason", "遗失"}});
  } else {
    story.log.add("customer.satisfaction_recorded", when,
                  {{"customer", sale.customer}, {"score", dice.below(101)}});
  }
}

}  // namespace

void tell_mishap(Story& story) {
  using Tell = void (*)(Story&, const Sale&);
  static const std::vector<Tell> tales = {
      move_vehicle,  move_vehicle,  move_vehicle,   shrink_order,   approve_spec,
      change_filing, change_filing, decide_support, decide_support, change_dealer,
      reward,        settle_more,   settle_more,    recognise,      chat};
  const auto tale = story.dice.pick(tales);
  tale(story, story.any_sale());
}

}  // namespace test
