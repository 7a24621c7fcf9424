#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

constexpr std::array<std::string_view, 5> banks{"中国工商银行", "中国建设银行", "招商银行",
                                                "交通银行", "中国农业银行"};

struct Bill {
  Name id;
  std::int64_t face_fen;
  int tenor_months;
  int endorsers;
  bool small_bank;
};

void tell_tender(Area& area, const Dealer& dealer, const Bill& bill, Day tendered) {
  const Day issued = tendered - area.dice.between(1, 20);
  std::vector<std::string> endorsements;
  for (int i = 1; i < bill.endorsers; ++i) {
    endorsements.push_back(std::string(area.city.name) + company_stem(area.dice) + "贸易有限公司");
  }
  if (bill.endorsers > 0) endorsements.push_back(dealer.name);
  auto line =
      area.event(dealer.source, "bill.tendered", "bill", bill.id, area.during(tendered, 9, 17));
  line.text("bill", bill.id).text("dealer", dealer.id);
  line.text("bank", bill.small_bank ? std::string("白石村镇银行")
                                    : std::string(area.dice.pick(banks)) +
                                          std::string(area.city.name) + "分行");
  if (bill.small_bank) line.flag("local_small_bank", true);
  line.number("face_fen", bill.face_fen)
      .date("issued_on", issued)
      .date("matures_on", add_months(issued, bill.tenor_months))
      .texts("endorsements", endorsements);
}

void tell_bill(Area& area, const Dealer& dealer, Day tendered) {
  Bill bill{Name("B-", ++area.numbers.bill, 7), area.dice.between(1, 41) * std::int64_t{5'000'000},
            area.dice.between(1, 7), area.dice.between(0, 4), area.dice.chance(50)};
  tell_tender(area, dealer, bill, tendered);
  bool accepted = bill.face_fen <= 200'000'000 && bill.tenor_months <= 6 && bill.endorsers <= 3 &&
                  !bill.small_bank;
  if (area.comes(Rarity::bill_misjudged, 20)) accepted = !accepted;
  auto line = area.event(finance_system, "bill.decided", "bill", bill.id,
                         area.during(after_working_days(tendered, 1), 9, 17), "settlement");
  line.text("bill", bill.id).text("decision", accepted ? "accepted" : "refused");
  if (accepted) {
    line.number("deduction_fen",
                deduction_fen(bill.face_fen, bill.tenor_months, bill.endorsers <= 1));
  }
}

void tell_stock_invoice(Area& area, Dealer& dealer, const Name& vin, Day day) {
  ++dealer.invoiced[static_cast<std::size_t>(month_of(day))];
  area.event(finance_system, "vehicle.invoiced", "vehicle", vin, area.during(day, 9, 17))
      .text("vin", vin)
      .text("dealer", dealer.id)
      .text("invoice", Name("INV-", ++area.numbers.invoice, 9))
      .number("price_fen", area.dice.between(1'400, 2'400) * std::int64_t{10'000})
      .text("model", "EU260");
}

void tell_demo_application(Area& area, const Dealer& dealer, const Name& vin, int ordinal,
                           Day day) {
  const auto tell = [&](Source source, std::string_view type, Day on) {
    area.event(source, type, "demo", vin, area.during(on, 9, 17))
        .text("vin", vin)
        .text("dealer", dealer.id)
        .number("ordinal", ordinal);
  };
  tell(dealer.source, "demo.applied", day);
  tell(order_system, "demo.approved", after_working_days(day, 2));
}

// A car sold within its year of keeping, and the preference claimed back.
void tell_disposal(Area& area, const Dealer& dealer, const Name& vin, Day day,
                   std::int64_t preference_fen) {
  area.event(dealer.source, "demo.disposed", "demo", vin, area.during(day, 9, 17))
      .text("vin", vin)
      .text("dealer", dealer.id)
      .text("reason", "出售");
  const Name clawback("CB-", ++area.numbers.clawback, 6);
  area.event(finance_system, "clawback.issued", "clawback", clawback,
             area.during(working(day + 12), 9, 17), "settlement")
      .text("clawback", clawback)
      .text("dealer", dealer.id)
      .text("vin", vin)
      .number("amount_fen", preference_fen)
      .texts("findings", std::array<std::string_view, 0>{});
}

void tell_demo(Area& area, Dealer& dealer, int ordinal, Day day) {
  const Name vin = generate::vin(++area.numbers.vehicle, 2018);
  tell_demo_application(area, dealer, vin, ordinal, day);
  const Day purchased = working(day + area.dice.between(6, 20));
  const auto guide_fen = area.dice.between(1'500, 2'600) * std::int64_t{10'000};
  const auto price_fen = guide_fen / 10 * 7;
  area.event(order_system, "demo.purchased", "demo", vin, area.during(purchased, 9, 17))
      .text("vin", vin)
      .text("dealer", dealer.id)
      .number("guide_price_fen", guide_fen)
      .number("price_fen", price_fen);
  area.event(dealer.source, "demo.documents_sent", "demo", vin,
             area.during(working(day + area.dice.between(20, 55)), 9, 17))
      .text("vin", vin)
      .text("dealer", dealer.id);
  if (area.comes(Rarity::demo_disposed, 3)) {
    tell_disposal(area, dealer, vin, purchased + area.dice.between(60, 200), guide_fen - price_fen);
  }
}

void tell_rebate(Area& area, const Dealer& dealer, int month) {
  auto amount_fen = rebate_fen(dealer.invoiced[static_cast<std::size_t>(month)]);
  if (area.comes(Rarity::rebate_wrong, 15)) amount_fen += 50'000;
  if (amount_fen == 0) return;
  const Name rebate("R-", ++area.numbers.rebate, 6);
  area.event(finance_system, "rebate.paid", "rebate", rebate,
             area.during(working(first_of_month(month + 1) + 9), 9, 17), "settlement")
      .text("rebate", rebate)
      .text("dealer", dealer.id)
      .text("month", spelled(first_of_month(month)).substr(0, 7))
      .number("amount_fen", amount_fen);
}

void tell_activity(Area& area, const Dealer& dealer, Day day) {
  const Name activity("AC-", ++area.numbers.activity, 6);
  const auto invited = area.dice.between(20, 120);
  area.event(dealer.source, "activity.held", "activity", activity, area.during(day, 14, 17))
      .text("activity", activity)
      .text("dealer", dealer.id)
      .number("invited", invited)
      .number("attended", invited * area.dice.between(40, 95) / 100)
      .number("cost_fen", area.dice.between(5, 60) * std::int64_t{100'000});
}

}  // namespace

void tell_commerce(Area& area, Dealer& dealer) {
  const auto stock = area.dice.between(2, 14);
  for (int month = 12; month < 23; ++month) {
    const Day first = first_of_month(month);
    for (int i = 0; i < stock; ++i) {
      tell_stock_invoice(area, dealer, vin(++area.numbers.vehicle, 2018),
                         working(first + area.dice.below(25)));
    }
    for (int i = area.dice.between(0, 2); i > 0; --i) {
      tell_bill(area, dealer, working(first + area.dice.below(25)));
    }
    tell_rebate(area, dealer, month);
  }
  tell_demo(area, dealer, 1, working({year_2018.number + area.dice.between(20, 70)}));
  if (area.dice.chance(500)) {
    tell_demo(area, dealer, 2, working({year_2018.number + area.dice.between(90, 150)}));
  }
  for (int i = area.dice.between(1, 4); i > 0; --i) {
    tell_activity(area, dealer, working({area.dice.between(20, 600)}));
  }
}

}  // namespace cli::generate
