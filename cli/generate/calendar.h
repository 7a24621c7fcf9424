// The days on which a generated history plays: 2017 and 2018 with China's holidays.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

namespace cli::generate {

// A calendar day, counted from 2017-01-01.
struct Day {
  int number{};
  auto operator<=>(const Day&) const = default;

  Day operator+(int days) const { return {number + days}; }

  Day operator-(int days) const { return {number - days}; }

  int operator-(Day other) const { return number - other.number; }
};

// Seconds since 2017-01-01T00:00:00+08:00.
struct Moment {
  std::int64_t seconds{};
  auto operator<=>(const Moment&) const = default;

  Day day() const { return {static_cast<int>(seconds / 86'400)}; }
};

inline constexpr std::int64_t minute = 60;
inline constexpr std::int64_t hour = 60 * minute;
inline constexpr std::int64_t day_length = 24 * hour;

inline Moment operator+(Moment moment, std::int64_t seconds) {
  return {moment.seconds + seconds};
}

inline Moment at(Day day, std::int64_t seconds = 0) {
  return {day.number * day_length + seconds};
}

inline constexpr Day year_2018{365};
// No event happens or is recorded on this day or later.
inline constexpr Day period_end{730};

// YYYY-MM-DD, for days up to the end of 2020. The view lives as long as the program.
std::string_view spelled(Day day);
// 2017 … 2020.
int year_of(Day day);
// 0 … 47, January 2017 being 0.
int month_of(Day day);
Day first_of_month(int month);
// The same day number `months` later, or that month's last day.
Day add_months(Day day, int months);

std::span<const Day> holidays(int year);
// The weekend days worked.
std::span<const Day> workdays(int year);
bool is_working(Day day);
// `day` itself when it is a working day, else the next one.
Day working(Day day);
// The last of `count` working days after `day`.
Day after_working_days(Day day, int count);

}  // namespace cli::generate
