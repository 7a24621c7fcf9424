#include "tests/support/random_story.h"

namespace test {

ledger::Date Story::any_day() {
  if (dice.percent(30)) return plus(day("2016-11-20"), dice.below(460));
  return day(dice.pick({"2016-12-30", "2017-01-20", "2017-02-28", "2017-03-10", "2017-03-15",
                        "2017-03-31", "2017-04-10", "2017-05-01", "2017-06-30", "2017-07-01",
                        "2017-07-03", "2017-08-01", "2017-09-30", "2017-12-28", "2018-01-05"})
                 .c_str());
}

std::string digest(Dice& dice) {
  std::string result;
  for (int i = 0; i < 64; ++i) result += "0123456789abcdef"[dice.below(16)];
  return result;
}

std::string any_kind(Dice& dice) {
  return dice.pick({"standard", "standard", "special", "recognised", "delivery_fee", "reward",
                    "floating_rebate"});
}

}  // namespace test
