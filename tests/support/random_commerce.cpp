#include "tests/support/random_story.h"

namespace test {
namespace {

void tender_bill(Story& story) {
  auto& dice = story.dice;
  const auto bill = "B" + std::to_string(dice.between(1, 6));
  const auto when = story.any_day();
  const auto issued = plus(when, -dice.pick({0, 5}));
  const auto tenor = dice.pick({60, 80, 89, 90, 91, 92, 93, 150, 180, 181, 182, 183, 184, 185});
  boost::json::array endorsements;
  for (int i = 0, count = dice.pick({0, 0, 1, 2, 2, 3, 4}); i < count; ++i) {
    endorsements.emplace_back("公司" + std::to_string(i));
  }
  boost::json::object data = {
      {"bill", bill},
      {"dealer", dice.pick(story.dealers)},
      {"bank", dice.pick({"工商银行", "小村银行"})},
      {"face_fen", dice.pick({99'950, 100'000, 100'000, 100'001, 1'150, 1'150})},
      {"issued_on", ledger::to_string(issued)},
      {"matures_on", ledger::to_string(plus(issued, tenor))},
      {"endorsements", endorsements}};
  if (dice.percent(10)) data["local_small_bank"] = dice.percent(60);
  if (dice.percent(95)) story.log.add("bill.tendered", story.any_time(when), data);
  if (!dice.percent(70)) return;
  boost::json::object decision = {{"bill", bill},
                                  {"decision", dice.percent(70) ? "accepted" : "refused"}};
  if (dice.percent(80)) decision["deduction_fen"] = dice.pick({500, 1'000, 2'000});
  story.log.add("bill.decided", story.any_time(plus(when, 1)), decision);
}

void list_banks(Story& story) {
  boost::json::array banks;
  if (story.dice.percent(70)) banks.emplace_back("小村银行");
  story.log.add("bank_list.published", story.any_time(story.any_day()), {{"refused_banks", banks}});
}

void invoice(Story& story) {
  auto& dice = story.dice;
  const auto when = story.any_day();
  const auto dealer = dice.pick(story.dealers);
  for (int count = dice.between(1, 4); count > 0; --count) {
    boost::json::object data = {{"vin", dice.pick(story.vins)},
                                {"dealer", dealer},
                                {"invoice", story.fresh("INV")},
                                {"price_fen", dice.between(1, 200) * 50},
                                {"model", "EU260"}};
    if (dice.percent(25)) data["order"] = story.any_order();
    story.log.add("vehicle.invoiced", story.any_time(plus(when, dice.pick({0, 0, 3}))), data);
  }
}

void pay_rebate(Story& story) {
  auto& dice = story.dice;
  const auto when = story.any_day();
  story.log.add("rebate.paid", story.any_time(when),
                {{"rebate", story.fresh("R")},
                 {"dealer", dice.pick(story.dealers)},
                 {"month", ledger::to_string(plus(when, -dice.pick({0, 30}))).substr(0, 7)},
                 {"amount_fen", dice.between(1, 9) * 1'000}});
}

// Demo cars come from the end of the VINs, where they rarely are sold as well.
void demo(Story& story) {
  auto& dice = story.dice;
  const auto vin = story.vins[story.vins.size() - 1 - static_cast<std::size_t>(dice.below(5))];
  const auto dealer = dice.pick(story.dealers);
  const auto when = story.any_day();
  const int ordinal = dice.pick({1, 1, 2});
  const boost::json::object base = {{"vin", vin}, {"dealer", dealer}};
  auto ordered = base;
  ordered["ordinal"] = ordinal;
  if (dice.percent(90)) story.log.add("demo.applied", story.any_time(when), ordered);
  if (dice.percent(80)) story.log.add("demo.approved", story.any_time(plus(when, 1)), ordered);
  const auto bought = plus(when, dice.pick({1, 8}));
  if (dice.percent(65)) {
    auto data = base;
    const int guide = dice.pick({10'000, 10'001, 10'005});
    data["guide_price_fen"] = guide;
    data["price_fen"] = dice.pick({7'000, 7'001, 7'004, 12'000});
    story.log.add("demo.purchased", story.any_time(bought), data);
  }
  if (dice.percent(50)) {
    story.log.add("demo.documents_sent",
                  story.any_time(plus(when, dice.pick({31, 32, 45, 46, 47, 60}))), base);
  }
  if (dice.percent(55)) {
    auto data = base;
    data["reason"] = "出售";
    story.log.add("demo.disposed",
                  story.any_time(plus(bought, dice.pick({-1, 0, 90, 181, 184, 365, 366}))), data);
  }
}

}  // namespace

void tell_commerce(Story& story) {
  using Tell = void (*)(Story&);
  static const std::vector<Tell> tales = {
      tender_bill, tender_bill, tender_bill, list_banks, invoice, invoice, pay_rebate, demo, demo};
  story.dice.pick(tales)(story);
}

}  // namespace test
