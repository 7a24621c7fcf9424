// Calendar dates and instants: parsing, printing and the calendar, nothing else.
// Pure functions; no clock is read here and no time zone database.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// A calendar day, counted from 1970-01-01. Years 0001 to 9999.
struct Date {
  std::int32_t days{};
  auto operator<=>(const Date&) const = default;
};

struct CivilDate {
  int year, month, day;
};

CivilDate civil(Date date);
// The day; nothing when there is no such day, 2017-02-30 say.
std::optional<Date> date_of(CivilDate civil);
// Reads exactly YYYY-MM-DD; nothing when the text is not that or no such day exists.
std::optional<Date> parse_date(std::string_view text);
std::string to_string(Date date);
// 1 Monday … 7 Sunday (ISO 8601).
int weekday(Date date);

// A point in time as a source wrote it (RFC 3339): the instant, and how it was
// spelled, so that it prints back as it came.
struct Timestamp {
  std::int64_t ns{};               // since 1970-01-01T00:00:00Z, leap seconds not counted
  std::int16_t offset_minutes{};   // of the source's clock from UTC
  std::uint8_t fraction_digits{};  // 0 … 9 digits after the second, as given
  bool zulu{};                     // the offset was spelled Z

  // Two spellings of one instant with one offset are the same value.
  bool operator==(const Timestamp& other) const {
    return ns == other.ns && offset_minutes == other.offset_minutes;
  }
};

// Reads an RFC 3339 date-time with offset, years 1990 to 2200. More than nine
// fraction digits, an unknown day and an hour of 24 are refused; second 60 reads
// as :59.999999999.
std::optional<Timestamp> parse_timestamp(std::string_view text);
std::string to_string(Timestamp timestamp);
// `ns` since the epoch in UTC, with nine fraction digits and Z.
std::string to_string_utc(std::int64_t ns);
// The business date: the date of the instant at UTC+8.
Date business_date(std::int64_t ns);

}  // namespace ledger
