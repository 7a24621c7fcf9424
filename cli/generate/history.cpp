#include "cli/generate/history.h"

#include <algorithm>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

constexpr std::size_t smallest_area = 2'500;
constexpr std::size_t largest_area = 60'000;

// About how many events an area has: each twice the one before, up to the largest.
std::size_t size_of(std::uint64_t area) {
  return area < 5 ? std::min(largest_area, smallest_area << area) : largest_area;
}

int dealers_of(std::size_t size) {
  return size < 10'000 ? 1 : size < largest_area ? 2 : 3;
}

void tell_area(Area& area, std::size_t size, bool first) {
  if (first) tell_rules(area);
  for (int i = dealers_of(size); i > 0; --i) {
    tell_dealer(area);
  }
  while (area.plan.count() < size) {
    tell_customer(area);
  }
  for (auto& dealer : area.dealers) {
    tell_commerce(area, dealer);
  }
}

}  // namespace

Summary generate_history(const Options& options,
                         const std::function<void(std::string_view line)>& sink) {
  Dice seeds(options.seed);
  Numbers numbers;
  numbers.seed = seeds.next();
  Plan plan;
  Summary summary;
  for (std::uint64_t told = 0; told < options.events; ++summary.areas) {
    Area area(city(static_cast<std::int64_t>(summary.areas)), seeds.next(), numbers, plan);
    tell_area(area, size_of(summary.areas), summary.areas == 0);
    summary.events_held_max = std::max<std::uint64_t>(summary.events_held_max, plan.count());
    summary.bytes_held_max = std::max<std::uint64_t>(summary.bytes_held_max, plan.byte_count());
    told += plan.tell(sink, options.events - told);
    plan.clear();
  }
  return summary;
}

}  // namespace cli::generate
