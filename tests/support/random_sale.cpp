#include "tests/support/random_story.h"

namespace test {
namespace {

// Files for the customer before the order, mostly in good time.
std::string file(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  auto filing = "F" + std::to_string(dice.between(1, 4)) + sale.customer;
  for (const auto& other : story.sales) {
    if (other.filing == filing) return filing;
  }
  boost::json::object data = {
      {"filing", filing},
      {"dealer", story.goes_well(92) ? sale.dealer : dice.pick(story.dealers)},
      {"customer", story.goes_well(93) ? sale.customer : dice.pick(story.customers)}};
  if (story.policies.size() > 1 ? dice.percent(75) : dice.percent(10)) {
    data["policy"] = story.goes_well(95) ? dice.pick(story.policies) : "N9";
  }
  const auto submitted = plus(sale.day, -dice.pick({3, 10, 40, 120, 120}));
  if (dice.percent(8)) {
    data["agent"] = "采购中心";
    if (story.goes_well(88)) {
      boost::json::array evidence;
      if (story.goes_well(85)) evidence.emplace_back(digest(dice));
      story.log.add("customer.agent_authorised", story.any_time(story.any_day()),
                    {{"customer", data["customer"]},
                     {"agent", story.goes_well(92) ? "采购中心" : "别人"},
                     {"valid_from", ledger::to_string(plus(submitted, -dice.pick({0, 9})))},
                     {"valid_to", ledger::to_string(plus(submitted, dice.pick({-1, 0, 90})))},
                     {"evidence", evidence}});
    }
  }
  if (story.goes_well(98)) story.log.add("filing.submitted", at(submitted, 10), data);
  if (dice.percent(70)) {
    story.log.add(
        "filing.region_reviewed", at(plus(submitted, 1), 10),
        {{"filing", filing}, {"decision", story.goes_well(92) ? "approved" : "rejected"}});
  }
  if (story.goes_well(95)) {
    const int wait = story.goes_well(92) ? 2 : dice.pick({3, 10, 60});
    story.log.add("filing.confirmed", at(plus(submitted, wait), 10),
                  {{"filing", filing}, {"customer_code", "KH" + sale.customer}});
  }
  for (int month = 0; month < 3; ++month) {
    if (!dice.percent(35)) continue;
    story.log.add("filing.progress_reported",
                  story.any_time(plus(submitted, 2 + month * 28 + dice.below(20))),
                  {{"filing", filing}, {"stage", "洽谈"}, {"form", digest(dice)}});
  }
  return filing;
}

std::string agree(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  auto agreement = story.fresh("A");
  const auto signed_on =
      dice.percent(70) ? plus(sale.day, -dice.pick({0, 20, 120, 300})) : story.any_day();
  story.log.add("agreement.signed", story.any_time(signed_on),
                {{"agreement", agreement},
                 {"dealer", sale.dealer},
                 {"customer", sale.customer},
                 {"quantity", 30}});
  if (story.goes_well(88)) {
    story.log.add("agreement.uploaded", story.any_time(plus(signed_on, dice.pick({0, 0, 5, 30}))),
                  {{"agreement", agreement}, {"scan", digest(dice)}});
  }
  if (dice.percent(20)) {
    story.log.add("agreement.terminated", story.any_time(story.any_day()),
                  {{"agreement", agreement}, {"reason", "终止"}});
  }
  return agreement;
}

boost::json::object order_data(Story& story, const Sale& sale, int vehicles) {
  auto& dice = story.dice;
  boost::json::object data = {{"order", sale.order},
                              {"dealer", sale.dealer},
                              {"customer", sale.customer},
                              {"quantity", vehicles + dice.pick({0, 0, 1})},
                              {"channel", sale.kind == "delivery_fee" ? "hq_direct" : "dealer"}};
  if (!sale.filing.empty()) data["filing"] = sale.filing;
  if (dice.percent(35)) data["project"] = dice.pick({"P1", "P1", "P1", "P2", "O1"});
  if (dice.percent(10)) {
    data["special_spec"] = true;
    if (dice.percent(85)) {
      const auto when =
          dice.percent(70) ? at(plus(sale.day, -1), 9) : at(plus(sale.day, dice.pick({0, 2})), 10);
      story.log.add("order.spec_approved", when, {{"order", sale.order}});
    }
  }
  if (dice.percent(30)) data["agreement"] = agree(story, sale);
  if (story.policies.size() > 1 ? story.goes_well(92) : dice.percent(8)) {
    data["policy"] = story.goes_well(96) ? dice.pick(story.policies) : dice.pick({"N9", "K1"});
  }
  return data;
}

void support_sale(Story& story, const Sale& sale) {
  auto& dice = story.dice;
  if (sale.kind == "delivery_fee") return;
  if (story.goes_well(85)) {
    story.log.add("order.support_requested", at(sale.day, 11),
                  {{"order", sale.order}, {"kind", sale.kind}});
  }
  if (!story.goes_well(94)) return;
  const auto decided = plus(sale.day, dice.pick({0, 1, 2, 2, 3}));
  boost::json::object data = {{"order", sale.order},
                              {"kind", sale.kind},
                              {"decision", "approved"},
                              {"approver_role", "fleet_dept"}};
  if (sale.kind == "special") data["rate_fen"] = dice.between(1, 9) * 1'000;
  story.log.add("order.support_decided", at(decided, 11), data);
}

void deliver(Story& story, Sale& sale, int vehicles) {
  auto& dice = story.dice;
  const auto delivered = plus(sale.day, dice.percent(20) ? 0 : dice.pick({1, 5, 5, 30}));
  for (int i = 0; i < vehicles; ++i) {
    const bool used = dice.percent(6) || story.vins_used >= static_cast<int>(story.vins.size());
    const auto vin =
        used ? dice.pick(story.vins) : story.vins[static_cast<std::size_t>(story.vins_used++)];
    sale.vins.push_back(vin);
    const auto dealer = story.goes_well(95) ? sale.dealer : dice.pick(story.dealers);
    story.log.add("vehicle.delivered", at(delivered, 14),
                  {{"vin", vin}, {"order", sale.order}, {"dealer", dealer}});
    if (story.goes_well(93)) {
      story.log.add("vehicle.registered", at(delivered, 15),
                    {{"vin", vin}, {"plate", "沪A" + vin.substr(12)}, {"owner", "车主"}});
    }
    if (story.goes_well(93)) {
      story.log.add("subsidy.applied", at(delivered, 16),
                    {{"vin", vin},
                     {"programme", story.goes_well(93) ? "local" : "national"},
                     {"authority", "经信委"},
                     {"amount_fen", 30'000}});
    }
  }
  if (story.goes_well(93)) {
    story.log.add("order.status_entered", at(plus(delivered, dice.pick({0, 1, 1, 2})), 14),
                  {{"order", sale.order}, {"status", "delivered"}});
  }
}

void settle(Story& story, const Sale& sale, const std::string& kind) {
  auto& dice = story.dice;
  const auto settlement = story.fresh("S");
  const auto requested = plus(sale.day, dice.pick({6, 10, 31}));
  if (dice.percent(80)) {
    boost::json::array vins;
    for (const auto& vin : sale.vins) vins.emplace_back(vin);
    story.log.add(
        "settlement.requested", at(requested, 10),
        {{"settlement", settlement}, {"order", sale.order}, {"kind", kind}, {"vins", vins}});
  }
  const auto answered = at(plus(requested, dice.pick({1, 5, 7, 8})), 10);
  if (dice.percent(8)) {
    story.log.add("settlement.refused", answered,
                  {{"settlement", settlement},
                   {"order", sale.order},
                   {"kind", kind},
                   {"reason", "资料不全"}});
  } else if (story.goes_well(92)) {
    const auto vehicles = static_cast<int>(sale.vins.size());
    const int amount = dice.between(1, 9) * dice.between(1, vehicles + 1) * 1'000;
    story.log.add("settlement.approved", answered,
                  {{"settlement", settlement},
                   {"order", sale.order},
                   {"kind", kind},
                   {"stage", dice.percent(70) ? "final" : "interim"},
                   {"amount_fen", amount}});
  }
}

// Who buys what from whom, and when.
Sale plan(Story& story) {
  auto& dice = story.dice;
  Sale sale;
  sale.order = "O" + std::to_string(story.sales.size() + 1);
  sale.dealer = dice.percent(story.calm ? 90 : 70) ? "D1" : dice.pick(story.dealers);
  sale.customer = dice.percent(story.calm ? 85 : 65) ? "C1" : dice.pick(story.customers);
  sale.kind = dice.pick({"standard", "standard", "standard", "standard", "standard", "special",
                         "special", "recognised", "delivery_fee"});
  if (sale.kind == "recognised" && !story.recognised.empty() && story.goes_well(85)) {
    sale.customer = dice.pick(story.recognised);
  }
  sale.day = story.any_day();
  if (story.calm && !story.sales.empty()) {
    sale.day = plus(story.sales.back().day, dice.pick({1, 5, 5, 30, 60}));
  }
  return sale;
}

}  // namespace

void tell_sale(Story& story) {
  auto& dice = story.dice;
  auto sale = plan(story);
  if (story.goes_well(96)) sale.filing = file(story, sale);
  const int vehicles = dice.between(1, sale.kind == "special" ? 5 : 4);
  story.log.add("order.created", at(sale.day, 10), order_data(story, sale, vehicles));
  support_sale(story, sale);
  deliver(story, sale, vehicles);
  if (story.goes_well(85)) settle(story, sale, sale.kind);
  const bool unusual = sale.kind == "special" || sale.kind == "delivery_fee";
  if (unusual && dice.percent(25)) settle(story, sale, "floating_rebate");
  if (dice.percent(10)) settle(story, sale, any_kind(dice));
  story.sales.push_back(sale);
}

}  // namespace test
