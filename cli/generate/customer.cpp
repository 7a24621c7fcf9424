#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

constexpr std::array<std::string_view, 5> class_names{"government", "enterprise",
                                                      "rental_or_school", "taxi", "recognised"};
constexpr std::array<std::string_view, 6> government_names{
    "市公安局", "市环境卫生管理处", "市机关事务管理局", "市教育局", "市交通运输局", "市城市管理局"};
constexpr std::array<std::string_view, 6> enterprise_names{
    "物流有限公司",     "电子商务有限公司", "供应链管理有限公司",
    "建筑工程有限公司", "食品有限公司",     "科技股份有限公司"};
constexpr std::array<std::string_view, 5> rental_names{"汽车租赁有限公司", "出行服务有限公司",
                                                       "新能源汽车租赁有限公司", "驾驶培训学校",
                                                       "分时租赁有限公司"};

std::string company(Area& area, std::string_view suffix) {
  return std::string(area.city.name) + company_stem(area.dice) + std::string(suffix);
}

std::string name_of(Area& area, CustomerClass customer_class, bool natural) {
  if (natural) return person_name(area.dice);
  switch (customer_class) {
    case CustomerClass::government:
      return std::string(area.city.name).append(area.dice.pick(government_names));
    case CustomerClass::rental_or_school:
      return company(area, area.dice.pick(rental_names));
    case CustomerClass::taxi:
      return company(area, "出租汽车有限公司");
    case CustomerClass::enterprise:
    case CustomerClass::recognised:
      break;
  }
  return company(area, area.dice.pick(enterprise_names));
}

CustomerClass draw_class(Area& area) {
  const auto draw = area.dice.below(100);
  if (draw < 45) return CustomerClass::enterprise;
  if (draw < 70) return CustomerClass::rental_or_school;
  if (draw < 84) return CustomerClass::government;
  if (draw < 95) return CustomerClass::taxi;
  return CustomerClass::recognised;
}

Customer draw_customer(Area& area) {
  Customer customer{};
  customer.id = Name("C-", ++area.numbers.customer, 7);
  customer.customer_class = draw_class(area);
  const bool natural = (customer.customer_class == CustomerClass::taxi ||
                        customer.customer_class == CustomerClass::recognised) &&
                       area.dice.chance(300);
  const bool government = customer.customer_class == CustomerClass::government;
  customer.name = name_of(area, customer.customer_class, natural);
  if (!natural) customer.uscc = uscc(++area.numbers.organisation, area.city, government);
  if (government || customer.customer_class == CustomerClass::enterprise) {
    customer.buys_for_system = area.comes(Rarity::buyer_for_system, 9);
    if (area.comes(Rarity::jlr, 12)) customer.policy = Policy::jlr;
  }
  if (!natural && area.comes(Rarity::dealer_as_customer, 120)) {
    customer.uscc = area.dealers.front().uscc;
  }
  if (area.dice.chance(250)) customer.agent = person_name(area.dice);
  return customer;
}

void tell_registration(Area& area, const Customer& customer, Day day) {
  auto line = area.event(order_system, "customer.registered", "customer", customer.id,
                         area.during(day, 9, 17));
  line.text("customer", customer.id)
      .text("name", customer.name)
      .text("class", class_names[static_cast<std::size_t>(customer.customer_class)]);
  if (!customer.uscc.empty()) line.text("uscc", customer.uscc);
  if (customer.buys_for_system) line.flag("buys_for_system", true);
  if (area.dice.chance(400)) line.text("phone", phone_number(area.dice));
  if (area.dice.chance(500)) line.text("address", street_address(area.dice, area.city));
}

// An authorisation of the agent that lacks its evidence now and then.
void tell_agent(Area& area, const Customer& customer, Day day) {
  const auto evidence = area.comes(Rarity::evidence_missing, 12) ? 0 : 1;
  area.event(order_system, "customer.agent_authorised", "customer", customer.id,
             area.during(day, 9, 17), "fleet_dept")
      .text("customer", customer.id)
      .text("agent", customer.agent)
      .date("valid_from", day)
      .date("valid_to", day + 365)
      .digests("evidence", evidence, area.dice);
}

void tell_recognition(Area& area, Customer& customer, Day day) {
  const bool flawed = area.comes(Rarity::recognition_flawed, 8);
  customer.recognised_rate_fen = area.dice.between(5, 9) * std::int64_t{100'000};
  area.event(order_system, "customer.recognition_approved", "customer", customer.id,
             area.during(day, 9, 17), "pr")
      .text("customer", customer.id)
      .text("approver_role", area.dice.chance(500) ? "sales_gm" : "assistant_sales_gm")
      .number("rate_fen", customer.recognised_rate_fen)
      .flag("pr_confirmed", true)
      .flag("gm_office_filed", !flawed);
}

void tell_relation(Area& area, const Customer& customer, Day day) {
  constexpr std::array<std::string_view, 5> kinds{"subsidiary", "branch", "rep_office",
                                                  "shareholder", "employee"};
  const Name related("C-", std::max<std::int64_t>(1, area.numbers.customer - 1), 7);
  area.event(order_system, "customer.relation_asserted", "customer", customer.id,
             area.during(day, 9, 17))
      .text("customer", customer.id)
      .text("related", related)
      .text("kind", area.dice.pick(kinds))
      .digests("evidence", area.comes(Rarity::evidence_missing, 12) ? 0 : 1, area.dice);
  if (area.comes(Rarity::relation_ended, 6)) {
    area.event(order_system, "customer.relation_ended", "customer", customer.id,
               area.during(day + area.dice.between(60, 200), 9, 17))
        .text("customer", customer.id)
        .text("related", related);
  }
}

void tell_agreement(Area& area, Customer& customer, const Dealer& dealer, Day day) {
  customer.agreement = Name("A-2017-", ++area.numbers.agreement, 5);
  area.event(dealer.source, "agreement.signed", "agreement", customer.agreement,
             area.during(day, 9, 17))
      .text("agreement", customer.agreement)
      .text("dealer", dealer.id)
      .text("customer", customer.id)
      .number("quantity", area.dice.between(2, 20) * 10);
  if (!area.comes(Rarity::agreement_not_uploaded, 8)) {
    area.event(dealer.source, "agreement.uploaded", "agreement", customer.agreement,
               area.during(day + area.dice.between(0, 5), 17, 19))
        .text("agreement", customer.agreement)
        .digest("scan", area.dice);
  }
  if (area.comes(Rarity::agreement_ended, 6)) {
    area.event(order_system, "agreement.terminated", "agreement", customer.agreement,
               area.during(day + area.dice.between(40, 150), 9, 17))
        .text("agreement", customer.agreement)
        .text("reason", "双方协商解除");
  }
}

// Most customers come once; one in fifty keeps coming.
int draw_project_count(Dice& dice) {
  const auto draw = dice.below(100);
  if (draw < 66) return 1;
  if (draw < 88) return dice.between(2, 3);
  if (draw < 98) return dice.between(4, 8);
  return dice.between(15, 40);
}

}  // namespace

void tell_customer(Area& area) {
  auto customer = draw_customer(area);
  Dealer* dealer = &area.dealers[static_cast<std::size_t>(
      area.dice.below(static_cast<int>(area.dealers.size())))];
  const auto projects = draw_project_count(area.dice);
  // Whoever comes often starts early in the year.
  Day day = working({area.dice.between(12, projects > 8 ? 60 : 320)});
  if (!area.comes(Rarity::unregistered, 90)) tell_registration(area, customer, day);
  if (!customer.agent.empty()) tell_agent(area, customer, day);
  if (customer.customer_class == CustomerClass::recognised) tell_recognition(area, customer, day);
  if (area.comes(Rarity::related, 8)) tell_relation(area, customer, day);
  if (area.comes(Rarity::agreement, 9)) tell_agreement(area, customer, *dealer, day);

  for (int i = 0; i < projects && day < year_2018 - 10; ++i) {
    if (area.dice.chance(400)) {
      auto line = area.event(dealer->source, "customer.visited", "customer", customer.id,
                             area.during(working(day), 9, 17));
      line.text("customer", customer.id).text("dealer", dealer->id);
      if (area.dice.chance(500)) line.text("note", "了解采购计划与充电条件");
    }
    const Day next = tell_project(area, *dealer, customer, day);
    // A big customer has several projects at a time.
    day = projects > 8 ? std::min(next, day + area.dice.between(6, 12)) : next;
    if (area.dice.chance(40))
      dealer = &area.dealers[static_cast<std::size_t>(
          area.dice.below(static_cast<int>(area.dealers.size())))];
  }
  if (area.dice.chance(200)) {
    area.event(order_system, "customer.satisfaction_recorded", "customer", customer.id,
               area.during(year_2018 + area.dice.between(20, 120), 9, 17))
        .text("customer", customer.id)
        .number("score", area.dice.between(60, 100));
  }
}

}  // namespace cli::generate
