#include "tests/naive/calendar.h"

namespace naive {

int year_of(ledger::Date date) {
  return ledger::civil(date).year;
}

ledger::Date day_of(int year, int month, int day) {
  return *ledger::date_of({year, month, day});
}

ledger::Date last_day_of_month(int year, int month) {
  for (int day = 31;; --day) {
    const auto date = ledger::date_of({year, month, day});
    if (date) return *date;
  }
}

ledger::Date add_days(ledger::Date date, std::int64_t days) {
  return {static_cast<std::int32_t>(date.days + days)};
}

ledger::Date add_months(ledger::Date date, std::int64_t months) {
  const auto from = ledger::civil(date);
  const auto month_index = from.year * 12 + (from.month - 1) + static_cast<int>(months);
  const int year = month_index / 12;
  const int month = month_index % 12 + 1;
  const auto same_day = ledger::date_of({year, month, from.day});
  return same_day ? *same_day : last_day_of_month(year, month);
}

bool working_day(const View& view, ledger::Date date) {
  const Event* calendar = nullptr;
  for (const auto* event : all(view, "calendar.published")) {
    if (event->number("year") == year_of(date)) calendar = event;
  }
  const auto text = ledger::to_string(date);
  if (calendar != nullptr && calendar->set("holidays").count(text) > 0) return false;
  if (calendar != nullptr && calendar->set("workdays").count(text) > 0) return true;
  return ledger::weekday(date) <= 5;
}

ledger::Date to_working_day(const View& view, ledger::Date date) {
  while (!working_day(view, date)) date = add_days(date, 1);
  return date;
}

ledger::Date add_working_days(const View& view, ledger::Date date, std::int64_t count) {
  while (count > 0) {
    date = add_days(date, 1);
    if (working_day(view, date)) --count;
  }
  return date;
}

}  // namespace naive
