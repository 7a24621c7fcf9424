#include "projections/policy/calendar.h"

#include <algorithm>

namespace projections::policy {
namespace {

constexpr int friday = 5;

const Date last_date = *ledger::date_of({9999, 12, 31});

std::vector<Date> sorted(std::vector<Date> dates) {
  std::sort(dates.begin(), dates.end());
  return dates;
}

}  // namespace

Date add_days(Date date, int days) {
  if (days > last_date.days - date.days) return last_date;
  return Date{date.days + days};
}

Date add_months(Date date, int months) {
  const auto from = ledger::civil(date);
  const auto month = std::int64_t{from.year} * 12 + from.month - 1 + months;
  if (month >= std::int64_t{10'000} * 12) return last_date;
  ledger::CivilDate to{static_cast<int>(month / 12), static_cast<int>(month % 12) + 1, from.day};
  // The shortest month has 28 days, so this ends after three steps at most.
  for (; to.day > 28; --to.day) {
    if (const auto day = ledger::date_of(to)) return *day;
  }
  return *ledger::date_of(to);
}

void Calendar::add_year(int year, const std::vector<Date>& holidays,
                        const std::vector<Date>& workdays) {
  years_[year] = Year{sorted(holidays), sorted(workdays)};
}

bool Calendar::is_working_day(Date date) const {
  const bool weekday = ledger::weekday(date) <= friday;
  const auto year = years_.find(ledger::civil(date).year);
  if (year == years_.end()) return weekday;
  const auto& [holidays, workdays] = year->second;
  if (std::binary_search(holidays.begin(), holidays.end(), date)) return false;
  return weekday || std::binary_search(workdays.begin(), workdays.end(), date);
}

Date Calendar::next_working_day(Date date) const {
  while (date < last_date && !is_working_day(date)) ++date.days;
  return date;
}

Date Calendar::add_working_days(Date date, int count) const {
  for (; count > 0 && date < last_date; --count) date = next_working_day(add_days(date, 1));
  return next_working_day(date);
}

}  // namespace projections::policy
