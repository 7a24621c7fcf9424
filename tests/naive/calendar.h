// Periods and working days (G2, G3).
#pragma once

#include <cstdint>

#include "tests/naive/view.h"

namespace naive {

int year_of(ledger::Date date);
ledger::Date day_of(int year, int month, int day);
ledger::Date last_day_of_month(int year, int month);
ledger::Date add_days(ledger::Date date, std::int64_t days);
// The same day number `months` later, else that month's last day; not moved.
ledger::Date add_months(ledger::Date date, std::int64_t months);

bool working_day(const View& view, ledger::Date date);
// `date`, or the first working day after it.
ledger::Date to_working_day(const View& view, ledger::Date date);
// The last of `count` working days, `date` itself not counted.
ledger::Date add_working_days(const View& view, ledger::Date date, std::int64_t count);

}  // namespace naive
