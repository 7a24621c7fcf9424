#include "cli/generate/area.h"

namespace cli::generate {

bool Area::comes(Rarity rarity, int pace) {
  const auto kind = static_cast<std::size_t>(rarity);
  const auto occasion = numbers.occasions[kind]++;
  // The place within each round is drawn, lest two rarities of one pace always meet.
  const auto round = static_cast<std::uint64_t>(occasion / pace);
  Dice place(numbers.seed ^ (round * numbers.occasions.size() + kind));
  return occasion % pace == place.below(pace);
}

Moment Area::during(Day day, int from_hour, int to_hour) {
  const auto first = static_cast<int>(from_hour * hour);
  return at(day, dice.between(first, static_cast<int>(to_hour * hour) - 1));
}

Moment Area::learned(Source source, Moment time) {
  if (source.number == telemetry.number) return time + dice.between(1, 60);
  if (source.number == subsidy_office.number) return time + dice.between(1, 3) * day_length;
  if (source.number < subsidy_office.number) return time + dice.between(30, 900);
  const auto draw = dice.below(100);
  if (draw < 93) return time + dice.between(60, 2'400);
  if (draw < 98) return time + dice.between(1, 21 * 3'600);
  return time + dice.between(3 * 86'400, 45 * 86'400);
}

Line Area::event(Source source, std::string_view type, std::string_view kind, std::string_view key,
                 Moment time, std::string_view role) {
  return event_recorded(source, type, kind, key, time, learned(source, time), role);
}

Line Area::event_recorded(Source source, std::string_view type, std::string_view kind,
                          std::string_view key, Moment time, Moment recorded,
                          std::string_view role) {
  if (role.empty()) return plan.add({source, type, kind, key, time, recorded});
  const Name actor("u", dice.below(400), 4);
  return plan.add({source, type, kind, key, time, recorded, role, actor});
}

Moment Area::void_latest(Source source, std::string_view reason) {
  const auto target = plan.latest();
  const auto found = plan.recorded(target).day() + dice.between(1, 9);
  const auto time = during(working(found), 9, 18);
  plan.add_void(target, {source, {}, {}, {}, time, time + dice.between(60, 3'600)}, reason, dice);
  return time;
}

}  // namespace cli::generate
