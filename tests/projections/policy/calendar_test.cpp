#include "projections/policy/calendar.h"

#include <catch2/catch.hpp>
#include <string>

namespace projections::policy {
namespace {

Date day(std::string_view text) {
  const auto date = ledger::parse_date(text);
  REQUIRE(date);
  return *date;
}

std::vector<Date> days(const std::vector<std::string_view>& texts) {
  std::vector<Date> dates;
  dates.reserve(texts.size());
  for (const auto text : texts) dates.push_back(day(text));
  return dates;
}

// The parts of the 2017 calendar that the examples need, out of order on purpose.
Calendar calendar_2017() {
  Calendar calendar;
  calendar.add_year(
      2017,
      days({"2017-10-01", "2017-10-02", "2017-10-03", "2017-10-04", "2017-10-05", "2017-10-06",
            "2017-10-07", "2017-10-08", "2017-01-02", "2017-01-01", "2017-01-27", "2017-01-28",
            "2017-01-29", "2017-01-30", "2017-01-31", "2017-02-01", "2017-02-02"}),
      days({"2017-09-30", "2017-01-22", "2017-02-04"}));
  return calendar;
}

TEST_CASE("a period of months ends on the same day number, else on the month's last day") {
  CHECK(to_string(add_months(day("2017-11-30"), 3)) == "2018-02-28");
  CHECK(to_string(add_months(day("2015-11-30"), 3)) == "2016-02-29");
  CHECK(to_string(add_months(day("2017-07-03"), 3)) == "2017-10-03");
  CHECK(to_string(add_months(day("2017-08-31"), 6)) == "2018-02-28");
  CHECK(to_string(add_months(day("2017-08-31"), 1)) == "2017-09-30");
  CHECK(to_string(add_months(day("2017-02-28"), 3)) == "2017-05-28");
  CHECK(to_string(add_months(day("2016-02-29"), 12)) == "2017-02-28");
  CHECK(to_string(add_months(day("2016-02-29"), 48)) == "2020-02-29");
  CHECK(to_string(add_months(day("2017-12-31"), 0)) == "2017-12-31");
  CHECK(to_string(add_months(day("2017-12-31"), 1)) == "2018-01-31");
  CHECK(to_string(add_months(day("2017-11-15"), 1)) == "2017-12-15");
}

TEST_CASE("no period ends after the last date there is") {
  CHECK(to_string(add_months(day("9999-11-30"), 1)) == "9999-12-30");
  CHECK(to_string(add_months(day("9999-12-01"), 1)) == "9999-12-31");
  CHECK(to_string(add_months(day("2017-01-01"), 2'000'000'000)) == "9999-12-31");
  CHECK(to_string(add_days(day("9999-12-30"), 1)) == "9999-12-31");
  CHECK(to_string(add_days(day("9999-12-31"), 1)) == "9999-12-31");
  CHECK(to_string(add_days(day("2017-01-01"), 2'147'483'647)) == "9999-12-31");
  CHECK(to_string(Calendar{}.next_working_day(day("9999-12-31"))) == "9999-12-31");
  CHECK(to_string(Calendar{}.add_working_days(day("9999-12-30"), 5)) == "9999-12-31");
}

TEST_CASE("a period of days does not count its first day") {
  CHECK(to_string(add_days(day("2018-01-01"), 45)) == "2018-02-15");
  CHECK(to_string(add_days(day("2016-02-28"), 1)) == "2016-02-29");
}

TEST_CASE("protection ends move past a holiday") {
  const auto calendar = calendar_2017();
  const auto end = add_months(day("2017-07-03"), 3);
  CHECK(to_string(calendar.next_working_day(end)) == "2017-10-09");
  CHECK(to_string(calendar.next_working_day(day("2017-10-09"))) == "2017-10-09");
}

TEST_CASE("a worked Sunday counts and a holiday does not") {
  const auto calendar = calendar_2017();
  CHECK(to_string(calendar.add_working_days(day("2017-01-20"), 1)) == "2017-01-22");
  CHECK(to_string(calendar.add_working_days(day("2017-01-20"), 5)) == "2017-01-26");
  CHECK(to_string(calendar.add_working_days(day("2017-01-20"), 6)) == "2017-02-03");
  CHECK(to_string(calendar.add_working_days(day("2017-01-20"), 7)) == "2017-02-04");
  CHECK(to_string(calendar.add_working_days(day("2017-01-20"), 8)) == "2017-02-06");
  CHECK(to_string(calendar.add_working_days(day("2017-09-29"), 2)) == "2017-10-09");
}

TEST_CASE("a period may begin on a day off, and one of no days ends at once") {
  const auto calendar = calendar_2017();
  CHECK(to_string(calendar.add_working_days(day("2017-10-04"), 1)) == "2017-10-09");
  CHECK(to_string(calendar.add_working_days(day("2017-10-09"), 0)) == "2017-10-09");
  CHECK(to_string(calendar.add_working_days(day("2017-10-04"), 0)) == "2017-10-09");
}

TEST_CASE("without a calendar of the year the week decides") {
  const Calendar none;
  CHECK(none.is_working_day(day("2017-10-02")));        // a Monday, a holiday in truth
  CHECK_FALSE(none.is_working_day(day("2017-09-30")));  // a Saturday, worked in truth
  const auto calendar = calendar_2017();
  CHECK_FALSE(calendar.is_working_day(day("2017-10-02")));
  CHECK(calendar.is_working_day(day("2017-09-30")));
  CHECK_FALSE(calendar.is_working_day(day("2017-09-23")));  // a plain Saturday
  CHECK(calendar.is_working_day(day("2018-10-02")));        // its year has no calendar
  CHECK(to_string(none.add_working_days(day("2017-01-20"), 5)) == "2017-01-27");
}

TEST_CASE("a year given again replaces the first, and a holiday outdoes a worked day") {
  auto calendar = calendar_2017();
  calendar.add_year(2017, days({"2017-03-04", "2018-01-01"}), days({"2017-03-04", "2017-03-05"}));
  CHECK(calendar.is_working_day(day("2017-10-02")));
  CHECK_FALSE(calendar.is_working_day(day("2017-03-04")));
  CHECK(calendar.is_working_day(day("2017-03-05")));
  CHECK(calendar.is_working_day(day("2018-01-01")));
}

}  // namespace
}  // namespace projections::policy
