#include "tests/support/random_history.h"

#include <algorithm>

#include "tests/support/random_story.h"

namespace test {

std::vector<std::string> random_history(std::uint64_t seed, int size_hint) {
  Story story(seed);
  story.calm = story.dice.percent(40);
  const auto size = static_cast<std::size_t>(size_hint);
  tell_beginnings(story);
  const int sales = std::clamp(size_hint / 26, 1, 6);
  for (int sale = 0; sale < sales; ++sale) tell_sale(story);

  // Every history has a taste of its own: which anomalies are frequent in it.
  const int mishaps = story.calm ? 1 : story.dice.between(1, 6);
  const int disputes = story.dice.between(0, 8);
  const int commerce = story.dice.percent(50) ? story.dice.between(1, 7) : 0;
  const int corrections = story.dice.between(0, 3);
  const int all = mishaps + disputes + commerce + corrections;
  for (int told = 0; told < size_hint / 8 || story.log.drafts().size() < size; ++told) {
    const int what = story.dice.below(all);
    if (what < mishaps) {
      tell_mishap(story);
    } else if (what < mishaps + disputes) {
      tell_dispute(story);
    } else if (what < mishaps + disputes + commerce) {
      tell_commerce(story);
    } else {
      tell_correction(story);
    }
  }
  return story.log.lines();
}

}  // namespace test
