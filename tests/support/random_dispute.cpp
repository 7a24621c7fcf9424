#include "tests/support/random_story.h"

namespace test {
namespace {

boost::json::array some_vins(Story& story, const Sale& sale) {
  boost::json::array vins;
  for (const auto& vin : sale.vins) {
    if (story.dice.percent(55)) vins.emplace_back(vin);
  }
  if (story.dice.percent(8)) vins.emplace_back(story.dice.pick(story.vins));
  return vins;
}

void fine(Story& story, const std::string& cause, const std::string& id, const std::string& dealer,
          const Moment& when) {
  auto& dice = story.dice;
  const auto penalty =
      dice.percent(92) || story.penalties.empty() ? story.fresh("PN") : dice.pick(story.penalties);
  story.penalties.push_back(penalty);
  const int amount = cause == "finding" ? dice.pick({499, 500, 2'000, 5'000, 5'001})
                                        : dice.pick({1'000, 1'000, 999});
  story.log.add("penalty.imposed", when,
                {{"penalty", penalty}, {"dealer", dealer}, {cause, id}, {"amount_fen", amount}});
  if (dice.percent(40)) {
    story.log.add("penalty.paid", story.any_time(plus(when.day, 3)),
                  {{"penalty", penalty}, {"amount_fen", dice.pick({500, 1'000, 2'000})}});
  }
}

void appeal(Story& story, const Sale& sale, const std::string& finding, ledger::Date when) {
  auto& dice = story.dice;
  const auto outcome = dice.pick({"upheld", "reversed", "amended", "amended"});
  boost::json::object data = {
      {"appeal", story.fresh("AP")}, {"finding", finding}, {"outcome", outcome}};
  if (outcome == "amended") data["vins"] = some_vins(story, sale);
  story.log.add("appeal.decided", story.any_time(when), data);
}

void find(Story& story) {
  auto& dice = story.dice;
  const auto& sale = story.any_sale();
  const bool again = dice.percent(10) && !story.findings.empty();
  const auto finding = again ? dice.pick(story.findings) : story.fresh("FD");
  story.findings.push_back(finding);
  const auto order = dice.percent(93) ? sale.order : "O9";
  const auto dealer = dice.percent(93) ? sale.dealer : dice.pick(story.dealers);
  const auto kind = dice.percent(80) ? "false_claim" : "ineligible";
  const auto when = dice.percent(80) ? plus(sale.day, dice.pick({30, 60, 100})) : story.any_day();
  if (dice.percent(30)) {
    story.log.add("finding.raised", story.any_time(plus(when, -2)),
                  {{"finding", finding},
                   {"dealer", dealer},
                   {"order", order},
                   {"kind", kind},
                   {"vins", some_vins(story, sale)}});
  }
  if (dice.percent(90)) {
    story.log.add("finding.confirmed", story.any_time(when),
                  {{"finding", finding},
                   {"dealer", dealer},
                   {"order", order},
                   {"kind", kind},
                   {"scope", dice.percent(35) ? "order" : "vehicle"},
                   {"vins", some_vins(story, sale)}});
  }
  if (dice.percent(6)) {
    story.log.add("finding.dismissed", story.any_time(plus(when, 1)),
                  {{"finding", finding}, {"reason", "不成立"}});
  }
  if (dice.percent(35)) appeal(story, sale, finding, plus(when, dice.pick({-1, 0, 9})));
  for (int fines = 0; fines < 2 && dice.percent(45); ++fines) {
    fine(story, "finding", finding, dealer, story.any_time(plus(when, dice.pick({0, 4}))));
  }
}

void appeal_again(Story& story) {
  if (story.findings.empty()) return;
  appeal(story, story.any_sale(), story.dice.pick(story.findings), story.any_day());
}

void complain(Story& story) {
  auto& dice = story.dice;
  const auto& sale = story.any_sale();
  const auto complaint = story.fresh("CP");
  const auto when = plus(sale.day, dice.pick({0, 20}));
  if (dice.percent(92)) {
    boost::json::object data = {{"complaint", complaint}, {"dealer", sale.dealer}};
    if (dice.percent(60)) data["order"] = dice.percent(90) ? sale.order : "O9";
    story.log.add("complaint.opened", story.any_time(when), data);
  }
  if (dice.percent(92)) {
    story.log.add("complaint.adjudicated", story.any_time(plus(when, 5)),
                  {{"complaint", complaint},
                   {"dealer_at_fault", dice.percent(85)},
                   {"major_loss", dice.percent(85)}});
  }
  for (int fines = 0; fines < 2 && dice.percent(75); ++fines) {
    fine(story, "complaint", complaint, sale.dealer, story.any_time(plus(when, 6)));
  }
}

void claim(Story& story) {
  auto& dice = story.dice;
  const auto& sale = story.any_sale();
  const bool again = dice.percent(12) && !story.clawbacks.empty();
  const auto clawback = again ? dice.pick(story.clawbacks) : story.fresh("CB");
  story.clawbacks.push_back(clawback);
  const auto when = plus(sale.day, dice.pick({20, 60, 110}));
  boost::json::object data = {
      {"clawback", clawback},
      {"dealer", dice.percent(94) ? sale.dealer : dice.pick(story.dealers)}};
  if (dice.percent(12)) {
    data["vin"] = dice.pick(story.vins);
  } else {
    data["order"] = dice.percent(92) ? sale.order : "O9";
    data["kind"] = dice.percent(85) ? sale.kind : any_kind(dice);
  }
  data["amount_fen"] = dice.between(1, 9) * 1'000;
  data["findings"] = boost::json::array{};
  if (dice.percent(94)) story.log.add("clawback.issued", story.any_time(when), data);
  if (dice.percent(30)) {
    story.log.add("clawback.waived", story.any_time(plus(when, 5)),
                  {{"clawback", clawback},
                   {"amount_fen", dice.between(1, 4) * 1'000},
                   {"approver_role", "gm"},
                   {"reason", "减免"}});
  }
  if (dice.percent(40)) {
    story.log.add("clawback.recovered", story.any_time(plus(when, 6)),
                  {{"clawback", clawback},
                   {"amount_fen", dice.between(1, 4) * 1'000},
                   {"method", dice.pick({"setoff", "payment"})}});
  }
}

void set_off(Story& story) {
  auto& dice = story.dice;
  story.log.add("setoff.applied", story.any_time(story.any_day()),
                {{"dealer", dice.pick(story.dealers)},
                 {"invoice", story.fresh("INV")},
                 {"amount_fen", dice.between(1, 15) * 1'000}});
}

}  // namespace

void tell_dispute(Story& story) {
  using Tell = void (*)(Story&);
  static const std::vector<Tell> tales = {find,     find,  find,  find,   appeal_again,
                                          complain, claim, claim, set_off};
  story.dice.pick(tales)(story);
}

}  // namespace test
