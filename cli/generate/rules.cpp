#include <array>
#include <string_view>
#include <vector>

#include "cli/generate/embedded_packs.h"
#include "cli/generate/story.h"

namespace cli::generate {
namespace {

std::vector<std::string_view> all_spelled(std::span<const Day> days) {
  std::vector<std::string_view> texts;
  for (const Day day : days) {
    texts.push_back(spelled(day));
  }
  return texts;
}

void tell_calendar(Area& area, int year, Day published) {
  const Name key("", year, 4);
  area.event(order_system, "calendar.published", "calendar", key, at(published, 9 * hour), "system")
      .number("year", year)
      .texts("holidays", all_spelled(holidays(year)))
      .texts("workdays", all_spelled(workdays(year)));
}

void tell_pack(Area& area, std::string_view policy, int version, std::string_view document,
               Day published) {
  area.event(order_system, "policy.published", "policy", policy, at(published, 9 * hour + 600),
             "gm_office")
      .text("policy", policy)
      .number("version", version)
      .document("document", document);
}

template <std::size_t size>
std::string_view bytes(const char (&pack)[size]) {
  return {pack, size};
}

}  // namespace

void tell_rules(Area& area) {
  constexpr Day new_year{0};
  constexpr std::array<std::string_view, 3> refused{"临江县农村信用合作联社", "白石村镇银行",
                                                    "青山城市信用社"};
  tell_calendar(area, 2017, new_year);
  tell_calendar(area, 2018, year_2018 - 20);
  tell_pack(area, id_of(Policy::nev), 1, bytes(first_pack), new_year + 1);
  tell_pack(area, id_of(Policy::jlr), 1, bytes(jlr_pack), new_year + 1);
  tell_pack(area, id_of(Policy::nev), 2, bytes(second_pack), second_version_from - 25);
  tell_pack(area, "commercial-2018", 1, bytes(commercial_pack), year_2018 - 15);
  const std::vector<std::string_view> first_list(refused.begin(), refused.begin() + 2);
  area.event(finance_system, "bank_list.published", "bank_list", "refused",
             at(year_2018 - 10, 10 * hour), "settlement")
      .texts("refused_banks", first_list);
  area.event(finance_system, "bank_list.published", "bank_list", "refused",
             at(year_2018 + 120, 10 * hour), "settlement")
      .texts("refused_banks", refused);
}

}  // namespace cli::generate
