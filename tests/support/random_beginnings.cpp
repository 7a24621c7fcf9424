#include "tests/support/random_pack.h"
#include "tests/support/random_story.h"

namespace test {
namespace {

using Strings = boost::json::array;

void publish(Story& story, const PackHead& head, const std::string& document) {
  story.log.add("policy.published", at(day("2016-10-01"), 9),
                {{"policy", head.policy}, {"version", head.version}, {"document", document}});
}

void notify(Story& story, const std::string& policy, int version) {
  for (const auto& dealer : story.dealers) {
    if (!story.dice.percent(60)) continue;
    const auto when = story.dice.percent(60) ? day("2016-11-25") : story.any_day();
    story.log.add("policy.notice_delivered", story.any_time(when),
                  {{"policy", policy}, {"version", version}, {"dealer", dealer}});
  }
}

void publish_fleet(Story& story, const std::string& policy, bool affiliates) {
  auto& dice = story.dice;
  const auto from = dice.pick({"2016-07-01", "2016-07-01", "2016-07-01", "2017-01-20"});
  const auto to = dice.pick({"2018-06-30", "2018-06-30", "2018-06-30", "2017-12-31"});
  const PackHead head{policy, 1, from, to};
  publish(story, head, random_fleet_pack(dice, head, affiliates));
  story.policies.push_back(policy);
  if (dice.percent(45)) {
    const PackHead next{policy, 2, dice.pick({"2017-01-01", "2017-03-15", "2017-07-01"}), to};
    publish(story, next, random_fleet_pack(dice, next, affiliates && dice.percent(90)));
    notify(story, policy, 2);
  }
}

void publish_commercial(Story& story) {
  auto& dice = story.dice;
  if (dice.percent(20)) return;
  const PackHead head{"K1", 1, "2016-07-01", dice.pick({"2018-12-31", "2018-12-31", "2017-06-30"})};
  publish(story, head, random_commercial_pack(dice, head));
  if (dice.percent(30)) {
    const PackHead next{"K1", 2, "2017-03-15", head.to};
    publish(story, next, random_commercial_pack(dice, next));
    notify(story, "K1", 2);
  }
  if (dice.percent(12)) {
    const PackHead rival{"K2", 1, "2017-08-01", "2018-12-31"};
    publish(story, rival, random_commercial_pack(dice, rival));
  }
}

void publish_calendar(Story& story, ledger::Date when) {
  Strings holidays = {"2017-01-02", "2017-01-27", "2017-03-15", "2017-05-01", "2017-10-02"};
  if (story.dice.percent(50)) holidays.emplace_back("2017-04-03");
  if (story.dice.percent(50)) holidays.emplace_back("2017-06-30");
  const Strings workdays = {"2017-01-22", "2017-04-01", "2017-07-01"};
  story.log.add("calendar.published", at(when, 9),
                {{"year", 2017}, {"holidays", holidays}, {"workdays", workdays}});
}

std::string company_code(int number) {
  return "91310112631709500" + std::to_string(number);
}

void authorise_dealers(Story& story) {
  int number = 0;
  for (const auto& dealer : story.dealers) {
    auto& dice = story.dice;
    boost::json::object data = {{"dealer", dealer},
                                {"name", "汽车销售 \"" + dealer + "\""},
                                {"region", "华东"},
                                {"level", dice.percent(80) ? 1 : 2}};
    if (dice.percent(80)) data["uscc"] = company_code(++number);
    const auto when = story.goes_well(94) ? day("2016-10-05") : story.any_day();
    story.log.add("dealer.authorised", at(when, 9), data);
    for (const int year : {2017, 2018}) {
      if (!dice.percent(year == 2017 ? 80 : 25)) continue;
      const int target = dice.percent(92) ? dice.between(1, 12) : 0;
      story.log.add("dealer.contract_signed", story.any_time(day("2016-12-20")),
                    {{"dealer", dealer}, {"year", year}, {"target_vehicles", target}});
    }
    if (dice.percent(75)) {
      story.log.add("dealer.manager_assigned", story.any_time(day("2016-10-06")),
                    {{"dealer", dealer}, {"person", "王"}});
    }
  }
}

void register_customers(Story& story) {
  int number = 3;
  for (const auto& customer : story.customers) {
    auto& dice = story.dice;
    if (!story.goes_well(97)) continue;
    const auto of_class = dice.pick({"government", "enterprise", "enterprise", "rental_or_school",
                                     "taxi", "recognised", "recognised"});
    boost::json::object data = {
        {"customer", customer}, {"name", "客户" + customer}, {"class", of_class}};
    if (of_class == "recognised") story.recognised.push_back(customer);
    ++number;
    if (dice.percent(70)) data["uscc"] = company_code(dice.percent(6) ? 1 : number);
    story.log.add("customer.registered", story.any_time(day("2016-11-10")), data);
    if (dice.percent(of_class == "recognised" ? 85 : 15)) {
      story.log.add("customer.recognition_approved",
                    story.any_time(dice.percent(85) ? day("2016-11-11") : story.any_day()),
                    {{"customer", customer},
                     {"approver_role", dice.percent(85) ? "gm" : "region"},
                     {"rate_fen", dice.between(1, 9) * 1'000},
                     {"pr_confirmed", dice.percent(90)},
                     {"gm_office_filed", dice.percent(90)}});
    }
  }
}

void relate_customers(Story& story) {
  auto& dice = story.dice;
  for (std::size_t i = 1; i < story.customers.size(); ++i) {
    if (!dice.percent(55)) continue;
    const auto& other = story.customers[static_cast<std::size_t>(dice.below(static_cast<int>(i)))];
    const bool forward = dice.percent(50);
    const auto& from = forward ? story.customers[i] : other;
    const auto& to = forward ? other : story.customers[i];
    Strings evidence;
    if (dice.percent(85)) evidence.emplace_back(digest(dice));
    const auto when = dice.percent(70) ? day("2016-11-12") : story.any_day();
    story.log.add("customer.relation_asserted", story.any_time(when),
                  {{"customer", from},
                   {"related", to},
                   {"kind", dice.pick({"subsidiary", "subsidiary", "branch", "rep_office"})},
                   {"evidence", evidence}});
    if (dice.percent(25)) {
      story.log.add(
          "customer.relation_ended", story.any_time(story.any_day()),
          {{"customer", dice.percent(75) ? from : to}, {"related", dice.percent(75) ? to : from}});
    }
  }
}

}  // namespace

void tell_beginnings(Story& story) {
  auto& dice = story.dice;
  story.dealers = {"D1", "D2"};
  if (dice.percent(40)) story.dealers.emplace_back("D3");
  for (int i = 1, count = dice.between(2, 5); i <= count; ++i) {
    story.customers.push_back("C" + std::to_string(i));
  }
  for (int i = 10; i < 24; ++i) story.vins.push_back("LFBED21A0HA0000" + std::to_string(i));

  if (dice.percent(80)) publish_calendar(story, day("2016-10-01"));
  if (dice.percent(12)) publish_calendar(story, story.any_day());
  const int fleets = dice.below(10);
  if (fleets < 7) publish_fleet(story, "N1", false);
  if (fleets >= 4) publish_fleet(story, "J1", true);
  publish_commercial(story);
  authorise_dealers(story);
  register_customers(story);
  relate_customers(story);
}

}  // namespace test
