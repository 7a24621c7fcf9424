// The working calendar and periods (reading rules G2 and G3).
#pragma once

#include <map>
#include <vector>

#include "ledger/base/time.h"

namespace projections::policy {

using ledger::Date;

// `days` later. The first day is not counted. No date lies beyond 9999-12-31: a period
// that would end later ends there.
Date add_days(Date date, int days);
// `months` later: the same day number, else the month's last day. Never moved to a
// working day.
Date add_months(Date date, int months);

// Which days are worked. A year that was not added, and every day that is in neither
// list of its year, follows the week: Monday to Friday. Pure once filled; safe to
// read from any thread.
class Calendar {
 public:
  // Takes the lists of `year` in place of those it had. Dates of other years in them
  // count for nothing; a date in both is a holiday.
  void add_year(int year, const std::vector<Date>& holidays, const std::vector<Date>& workdays);

  bool is_working_day(Date date) const;
  // `date` itself when it is worked.
  Date next_working_day(Date date) const;
  // The `count`th working day after `date`, which is not counted; with 0, the day on
  // which a period ending on `date` ends.
  Date add_working_days(Date date, int count) const;

 private:
  struct Year {
    std::vector<Date> holidays, workdays;  // sorted
  };

  std::map<int, Year> years_;
};

}  // namespace projections::policy
