#include "ledger/base/time.h"

#include <catch2/catch.hpp>

namespace ledger {

TEST_CASE("every day from 1600 to 2400 prints, reads back and follows the one before") {
  auto day = *parse_date("1600-01-01");
  const auto last = *parse_date("2400-12-31");
  int weekday_before = weekday(Date{day.days - 1});
  for (; day <= last; ++day.days) {
    REQUIRE(parse_date(to_string(day)) == day);
    REQUIRE(weekday(day) == weekday_before % 7 + 1);
    weekday_before = weekday(day);
  }
}

TEST_CASE("days that do not exist are no dates") {
  const std::string text =
      GENERATE("2017-02-29", "2017-02-30", "1900-02-29", "2017-13-01", "2017-00-10", "2017-04-31",
               "2017-1-01", "2017/01/01", "0000-01-01", "", "2017-01-011");
  CAPTURE(text);
  CHECK_FALSE(parse_date(text));
}

TEST_CASE("known weekdays") {
  CHECK(weekday(*parse_date("2017-01-20")) == 5);
  CHECK(weekday(*parse_date("2017-01-22")) == 7);
  CHECK(weekday(*parse_date("1970-01-01")) == 4);
}

TEST_CASE("an instant prints as it was written") {
  const std::string text =
      GENERATE("2017-03-20T14:00:00+08:00", "2017-03-20T14:00:00Z", "2017-03-20T14:00:00.5Z",
               "2017-03-20T14:00:00.500-03:30", "1990-01-01T00:00:00.000000001+00:00",
               "2200-12-31T23:59:59.999999999-23:59");
  CAPTURE(text);
  const auto parsed = parse_timestamp(text);
  REQUIRE(parsed);
  CHECK(to_string(*parsed) == text);
}

TEST_CASE("what is not RFC 3339, or lies outside 1990 to 2200, is no instant") {
  const std::string text =
      GENERATE("2017-03-20T14:00:00", "2017-03-20 14:00:00Z", "2017-03-20T24:00:00Z",
               "2017-03-20T14:60:00Z", "2017-03-20T14:00:61Z", "2017-03-20T14:00:00.Z",
               "2017-03-20T14:00:00.1234567890Z", "1989-12-31T23:59:59Z", "2201-01-01T00:00:00Z",
               "2017-02-30T14:00:00Z", "2017-03-20T14:00:00+24:00", "2017-03-20T14:00:00+08", "x");
  CAPTURE(text);
  CHECK_FALSE(parse_timestamp(text));
}

TEST_CASE("a leap second reads as the last nanosecond before it") {
  const auto leap = parse_timestamp("2016-12-31T23:59:60Z");
  REQUIRE(leap);
  CHECK(to_string(*leap) == "2016-12-31T23:59:59.999999999Z");
}

TEST_CASE("the business date is the date at UTC+8") {
  CHECK(to_string(business_date(parse_timestamp("2017-03-20T15:59:59Z")->ns)) == "2017-03-20");
  CHECK(to_string(business_date(parse_timestamp("2017-03-20T16:00:00Z")->ns)) == "2017-03-21");
}

}  // namespace ledger
