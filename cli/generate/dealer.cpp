#include <array>
#include <string>
#include <string_view>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

constexpr std::array<std::string_view, 6> relation_kinds{"owner",   "officer", "affiliate",
                                                         "address", "phone",   "bank_account"};

void tell_authorisation(Area& area, const Dealer& dealer, Day day) {
  area.event(order_system, "dealer.authorised", "dealer", dealer.id, area.during(day, 9, 11),
             "gm_office")
      .text("dealer", dealer.id)
      .text("name", dealer.name)
      .text("region", area.city.region)
      .number("level", area.dice.chance(800) ? 1 : 2)
      .text("uscc", dealer.uscc);
  for (const int year : {2017, 2018}) {
    const auto signed_on = working(day + (year == 2017 ? 1 : 366 - day.number));
    area.event(order_system, "dealer.contract_signed", "dealer", dealer.id,
               area.during(signed_on, 11, 12))
        .text("dealer", dealer.id)
        .number("year", year)
        .number("target_vehicles", year == 2017 ? area.dice.between(12, 40) * 50 : 200);
  }
}

void tell_managers(Area& area, const Dealer& dealer, Day day) {
  const auto assign = [&](Day on, std::string_view type, const std::string& person) {
    area.event(dealer.source, type, "dealer", dealer.id, area.during(on, 13, 15))
        .text("dealer", dealer.id)
        .text("person", person);
  };
  const auto first = person_name(area.dice);
  assign(day, "dealer.manager_assigned", first);
  if (area.comes(Rarity::manager_replaced, 3)) {
    const auto left = day + area.dice.between(90, 250);
    const auto followed = left + area.dice.between(1, 20);
    assign(left, "dealer.manager_removed", first);
    assign(followed, "dealer.manager_assigned", person_name(area.dice));
  }
}

void tell_relations(Area& area, const Dealer& dealer, Day day) {
  const auto kind = area.dice.pick(relation_kinds);
  auto line = area.event(dealer.source, "dealer.relation_declared", "dealer", dealer.id,
                         area.during(day, 15, 17));
  line.text("dealer", dealer.id);
  if (kind == "owner" || kind == "officer") {
    line.text("party", person_name(area.dice));
  } else if (kind == "affiliate") {
    line.text("party", std::string(area.city.name) + company_stem(area.dice) + "投资有限公司")
        .text("party_uscc", uscc(++area.numbers.organisation, area.city, false));
  } else if (kind == "address") {
    line.text("party", street_address(area.dice, area.city));
  } else {
    line.text("party", phone_number(area.dice));
  }
  line.text("kind", kind);
}

void tell_notices(Area& area, const Dealer& dealer) {
  const auto notice = [&](std::string_view policy, int version, Day day) {
    area.event(order_system, "policy.notice_delivered", "policy", policy, area.during(day, 9, 17))
        .text("policy", policy)
        .number("version", version)
        .text("dealer", dealer.id);
  };
  notice(id_of(Policy::nev), 1, {9});
  notice(id_of(Policy::nev), 2, dealer.noticed);
  notice("commercial-2018", 1, year_2018 - area.dice.between(1, 10));
}

}  // namespace

void tell_dealer(Area& area) {
  Dealer dealer;
  dealer.id = Name("D", ++area.numbers.dealer, 4);
  dealer.name = std::string(area.city.name) + company_stem(area.dice) + "汽车销售服务有限公司";
  dealer.uscc = uscc(++area.numbers.organisation, area.city, false);
  dealer.source = area.plan.add_dealer(dealer.id);
  dealer.noticed = second_version_from - area.dice.between(5, 20);
  if (area.comes(Rarity::dealer_noticed_late, 5)) dealer.noticed = second_version_from + 40;

  const Day authorised = working({area.dice.between(2, 8)});
  tell_authorisation(area, dealer, authorised);
  tell_managers(area, dealer, authorised);
  tell_relations(area, dealer, authorised + 1);
  tell_notices(area, dealer);
  if (area.comes(Rarity::dealer_suspended, 6)) {
    area.event(order_system, "dealer.suspended", "dealer", dealer.id,
               area.during({area.dice.between(300, 350)}, 9, 17), "gm_office")
        .text("dealer", dealer.id)
        .text("reason", "经营异常，暂停授权");
  }
  area.dealers.push_back(std::move(dealer));
}

}  // namespace cli::generate
