#include "tests/support/random_pack.h"

#include <fmt/core.h>

namespace test {
namespace {

std::string head_of(const PackHead& head, const char* model) {
  return fmt::format(
      "policy = \"{0}\"\nversion = {1}\nmodel = \"{2}\"\ntitle.zh = \"政策\"\n"
      "title.en = \"policy\"\neffective_from = {3}\neffective_to = {4}\n",
      head.policy, head.version, model, head.from, head.to);
}

// Tiers that start at the given quantities, with rates that rise.
std::string tiers(Dice& dice, const std::vector<int>& starts) {
  std::string items;
  int rate = dice.between(1, 5) * 1'000;
  for (const int from : starts) {
    if (!items.empty()) items += ", ";
    items += fmt::format("{{ from = {}, per_vehicle_fen = {} }}", from, rate);
    rate += dice.between(0, 3) * 1'000;
  }
  return "tiers = [ " + items + " ]\n";
}

const char* mostly(Dice& dice) {
  return dice.percent(85) ? "true" : "false";
}

std::string classes(Dice& dice) {
  std::string items = R"("government", "enterprise")";
  if (dice.percent(88)) items += R"(, "rental_or_school", "taxi")";
  if (dice.percent(92)) items += R"(, "recognised")";
  return "[customer]\nclasses = [" + items + "]\n";
}

std::string accumulation(Dice& dice, bool affiliates) {
  const char* kinds = dice.percent(70) ? R"(["subsidiary", "branch", "shareholder", "employee"])"
                                       : R"(["subsidiary"])";
  const bool agreement = dice.percent(affiliates ? 60 : 25);
  return fmt::format("[accumulation]\naffiliates = {}\nkinds = {}\nwindow = \"{}\"\n",
                     affiliates ? "true" : "false", affiliates ? kinds : "[]",
                     agreement ? "agreement" : "policy-year");
}

}  // namespace

std::string random_fleet_pack(Dice& dice, const PackHead& head, bool affiliates) {
  std::string pack = head_of(head, "nev-fleet") + classes(dice);
  pack += fmt::format("[filing]\nprotection_months = {}\nprogress_day = {}\n", dice.between(1, 3),
                      dice.pick({1, 15, 28}));
  const std::vector<std::vector<int>> starts = {{1, 3, 5}, {1, 3, 5}, {1, 4}, {2, 4, 6}, {3}};
  pack += "[standard]\n" + tiers(dice, dice.pick(starts)) + accumulation(dice, affiliates);
  pack += fmt::format("[special]\nmin_quantity = {}\n", dice.between(3, 5));
  pack += fmt::format("[recognised]\napprover_roles = {}\n",
                      dice.percent(92) ? R"(["sales_gm", "gm"])" : "[]");
  pack += fmt::format("[hq_direct]\ndelivery_fee_fen = {}\n", dice.between(1, 3) * 1'000);
  pack += "[reward]\nmin_bp = 50\nmax_bp = 300\n";
  pack += fmt::format("[completeness]\nregistered = {}\nlocal_subsidy_applied = {}\n", mostly(dice),
                      mostly(dice));
  pack += fmt::format("status_entered = {}\n", mostly(dice));
  pack +=
      "[penalty]\ncomplaint_fen = 1000\nfalse_claim_min_fen = 500\nfalse_claim_max_fen = 5000\n";
  pack += fmt::format("[service_levels]\nsupport_hours = {}\nsettlement_working_days = {}\n",
                      dice.pick({24, 48}), dice.between(3, 5));
  return pack + fmt::format("status_hours = {}\n", dice.pick({12, 24}));
}

std::string random_commercial_pack(Dice& dice, const PackHead& head) {
  std::string pack = head_of(head, "commercial");
  pack += fmt::format("[bill]\nmax_tenor_months = 6\nshort_tenor_months = 3\nmax_face_fen = {}\n",
                      dice.pick({100'000, 100'001}));
  pack += "max_endorsements = 3\ndirect_bp = { short = 50, long = 100 }\n";
  pack += "endorsed_bp = { short = 100, long = 200 }\n[volume_rebate]\n";
  pack += tiers(dice, dice.percent(70) ? std::vector{1, 3} : std::vector{2, 4});
  return pack + fmt::format(
                    "[demo]\nprice_bp = 7000\nkeep_months = {}\ndocuments_days = {}\n"
                    "second_after_invoiced = {}\n",
                    dice.pick({6, 12}), dice.pick({30, 45}), dice.between(1, 3));
}

}  // namespace test
