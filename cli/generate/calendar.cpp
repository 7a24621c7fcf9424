#include "cli/generate/calendar.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "ledger/base/check.h"

namespace cli::generate {
namespace {

constexpr int known_days = 4 * 365 + 1;
constexpr std::array<int, 12> month_lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// Within 2017 … 2020 every fourth year, 2020 alone, is a leap year.
constexpr int length_of_month(int month) {
  return month_lengths[static_cast<std::size_t>(month % 12)] + (month == 37 ? 1 : 0);
}

struct Almanac {
  std::array<std::array<char, 10>, known_days> spelled{};
  std::array<int, known_days> month{};
  std::array<int, 49> first{};
  std::array<bool, known_days> working{};
};

constexpr Day day_of(int year, int month, int day) {
  int number = day - 1;
  for (int i = 0; i < (year - 2017) * 12 + month - 1; ++i) {
    number += length_of_month(i);
  }
  return {number};
}

constexpr std::array holidays_2017{
    day_of(2017, 1, 1),  day_of(2017, 1, 2),  day_of(2017, 1, 27),  day_of(2017, 1, 28),
    day_of(2017, 1, 29), day_of(2017, 1, 30), day_of(2017, 1, 31),  day_of(2017, 2, 1),
    day_of(2017, 2, 2),  day_of(2017, 4, 2),  day_of(2017, 4, 3),   day_of(2017, 4, 4),
    day_of(2017, 4, 29), day_of(2017, 4, 30), day_of(2017, 5, 1),   day_of(2017, 5, 28),
    day_of(2017, 5, 29), day_of(2017, 5, 30), day_of(2017, 10, 1),  day_of(2017, 10, 2),
    day_of(2017, 10, 3), day_of(2017, 10, 4), day_of(2017, 10, 5),  day_of(2017, 10, 6),
    day_of(2017, 10, 7), day_of(2017, 10, 8), day_of(2017, 12, 30), day_of(2017, 12, 31)};
constexpr std::array workdays_2017{day_of(2017, 1, 22), day_of(2017, 2, 4), day_of(2017, 4, 1),
                                   day_of(2017, 5, 27), day_of(2017, 9, 30)};
constexpr std::array holidays_2018{
    day_of(2018, 1, 1),  day_of(2018, 2, 15), day_of(2018, 2, 16), day_of(2018, 2, 17),
    day_of(2018, 2, 18), day_of(2018, 2, 19), day_of(2018, 2, 20), day_of(2018, 2, 21),
    day_of(2018, 4, 5),  day_of(2018, 4, 6),  day_of(2018, 4, 7),  day_of(2018, 4, 29),
    day_of(2018, 4, 30), day_of(2018, 5, 1),  day_of(2018, 6, 16), day_of(2018, 6, 17),
    day_of(2018, 6, 18), day_of(2018, 9, 22), day_of(2018, 9, 23), day_of(2018, 9, 24),
    day_of(2018, 10, 1), day_of(2018, 10, 2), day_of(2018, 10, 3), day_of(2018, 10, 4),
    day_of(2018, 10, 5), day_of(2018, 10, 6), day_of(2018, 10, 7), day_of(2018, 12, 30),
    day_of(2018, 12, 31)};
constexpr std::array workdays_2018{day_of(2018, 2, 11), day_of(2018, 2, 24), day_of(2018, 4, 8),
                                   day_of(2018, 4, 28), day_of(2018, 9, 29), day_of(2018, 9, 30),
                                   day_of(2018, 12, 29)};

std::size_t slot(Day day) {
  ledger::check(day.number >= 0 && day.number < known_days, "a generated day is in 2017 … 2020");
  return static_cast<std::size_t>(day.number);
}

void mark(Almanac& almanac, std::span<const Day> days, bool working) {
  for (const Day day : days) {
    almanac.working[slot(day)] = working;
  }
}

Almanac make_almanac() {
  Almanac almanac;
  std::size_t day = 0;
  for (int month = 0; month < 48; ++month) {
    almanac.first[static_cast<std::size_t>(month)] = static_cast<int>(day);
    for (int of_month = 1; of_month <= length_of_month(month); ++of_month, ++day) {
      const int of_year = month % 12 + 1;
      const int year = 17 + month / 12;
      const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
      almanac.spelled[day] = {'2',
                              '0',
                              digit(year / 10),
                              digit(year),
                              '-',
                              digit(of_year / 10),
                              digit(of_year),
                              '-',
                              digit(of_month / 10),
                              digit(of_month)};
      almanac.month[day] = month;
      const auto of_week = day % 7;  // 2017-01-01 was a Sunday
      almanac.working[day] = of_week != 0 && of_week != 6;
    }
  }
  almanac.first[48] = known_days;
  for (const int year : {2017, 2018}) {
    mark(almanac, holidays(year), false);
    mark(almanac, workdays(year), true);
  }
  return almanac;
}

const Almanac& almanac() {
  static const Almanac made = make_almanac();
  return made;
}

}  // namespace

std::string_view spelled(Day day) {
  const auto& text = almanac().spelled[slot(day)];
  return {text.data(), text.size()};
}

int month_of(Day day) {
  return almanac().month[slot(day)];
}

int year_of(Day day) {
  return 2017 + month_of(day) / 12;
}

Day first_of_month(int month) {
  return {almanac().first[static_cast<std::size_t>(month)]};
}

Day add_months(Day day, int months) {
  const int month = month_of(day);
  const int of_month = day - first_of_month(month);
  return first_of_month(month + months) + std::min(of_month, length_of_month(month + months) - 1);
}

std::span<const Day> holidays(int year) {
  if (year == 2017) return holidays_2017;
  return holidays_2018;
}

std::span<const Day> workdays(int year) {
  if (year == 2017) return workdays_2017;
  return workdays_2018;
}

bool is_working(Day day) {
  return almanac().working[slot(day)];
}

Day working(Day day) {
  while (!is_working(day)) {
    day = day + 1;
  }
  return day;
}

Day after_working_days(Day day, int count) {
  for (; count > 0; --count) {
    day = working(day + 1);
  }
  return day;
}

}  // namespace cli::generate
