#include "ledger/base/time.h"

#include <fmt/compile.h>

#include <cstdlib>
#include <iterator>

namespace ledger {
namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t china_offset_seconds = 8 * 3'600;

constexpr bool leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

constexpr int days_in(int year, int month) {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : lengths[month - 1];
}

// Days before 1 January of `year`, counted from 0001-01-01.
constexpr int days_before_year(int year) {
  const int past = year - 1;
  return past * 365 + past / 4 - past / 100 + past / 400;
}

constexpr int epoch_days = days_before_year(1970);

// Reads exactly `width` decimal digits at `at`; -1 when there are none.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// The part after the seconds: an optional fraction. Returns the position behind it,
// or nothing when it is malformed.
std::optional<std::size_t> parse_fraction(std::string_view text, Timestamp& into,
                                          std::int64_t& nanoseconds) {
  std::size_t at = 19;
  if (at >= text.size() || text[at] != '.') return at;
  std::int64_t unit = second_ns / 10;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
    if (++into.fraction_digits > 9) return std::nullopt;
    nanoseconds += unit * (text[at] - '0');
  }
  if (into.fraction_digits == 0) return std::nullopt;
  return at;
}

// The offset at the end of `text`, from `at` on.
bool parse_offset(std::string_view text, std::size_t at, Timestamp& into) {
  const auto rest = text.substr(at);
  if (rest == "Z" || rest == "z") {
    into.zulu = true;
    return true;
  }
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return false;
  const int hours = digits(rest, 1, 2);
  const int minutes = digits(rest, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
  const int offset = hours * 60 + minutes;
  into.offset_minutes = static_cast<std::int16_t>(rest[0] == '-' ? -offset : offset);
  return true;
}

}  // namespace

CivilDate civil(Date date) {
  const int days = date.days + epoch_days;
  int year = static_cast<int>((static_cast<std::int64_t>(days) * 400) / 146'097) + 1;
  while (days < days_before_year(year)) --year;
  while (days >= days_before_year(year + 1)) ++year;
  int rest = days - days_before_year(year);
  int month = 1;
  for (; rest >= days_in(year, month); ++month) rest -= days_in(year, month);
  return {year, month, rest + 1};
}

std::optional<Date> date_of(CivilDate civil) {
  const auto [year, month, day] = civil;
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in(year, month)) return std::nullopt;
  int days = days_before_year(year) - epoch_days + day - 1;
  for (int earlier = 1; earlier < month; ++earlier) days += days_in(year, earlier);
  return Date{days};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return date_of({digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)});
}

std::string to_string(Date date) {
  const auto [year, month, day] = civil(date);
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), year, month, day);
}

int weekday(Date date) {
  const int shifted = (date.days + epoch_days) % 7;  // 0001-01-01 was a Monday
  return shifted + 1;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  int second = digits(text, 17, 2);
  if (!date || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  const int year = digits(text, 0, 4);
  if (year < 1990 || year > 2200) return std::nullopt;

  Timestamp result;
  std::int64_t nanoseconds = 0;
  const auto offset_at = parse_fraction(text, result, nanoseconds);
  if (!offset_at || !parse_offset(text, *offset_at, result)) return std::nullopt;
  if (second == 60) {
    second = 59;
    nanoseconds = second_ns - 1;
    result.fraction_digits = 9;
  }
  const std::int64_t seconds = std::int64_t{date->days} * day_seconds + hour * 3'600 + minute * 60 +
                               second - std::int64_t{result.offset_minutes} * 60;
  result.ns = seconds * second_ns + nanoseconds;
  return result;
}

std::string to_string(Timestamp timestamp) {
  const std::int64_t local = timestamp.ns + std::int64_t{timestamp.offset_minutes} * 60 * second_ns;
  const std::int64_t seconds = floor_div(local, second_ns);
  const std::int64_t days = floor_div(seconds, day_seconds);
  const auto of_day = static_cast<int>(seconds - days * day_seconds);
  auto out = to_string(Date{static_cast<std::int32_t>(days)});
  const auto end = std::back_inserter(out);
  fmt::format_to(end, FMT_COMPILE("T{:02}:{:02}:{:02}"), of_day / 3'600, of_day / 60 % 60,
                 of_day % 60);
  if (timestamp.fraction_digits > 0) {
    fmt::format_to(end, FMT_COMPILE(".{:09}"), local - seconds * second_ns);
    out.resize(out.size() - 9 + timestamp.fraction_digits);
  }
  if (timestamp.zulu) return out + 'Z';
  const int offset = std::abs(timestamp.offset_minutes);
  fmt::format_to(end, FMT_COMPILE("{}{:02}:{:02}"), timestamp.offset_minutes < 0 ? '-' : '+',
                 offset / 60, offset % 60);
  return out;
}

std::string to_string_utc(std::int64_t ns) {
  return to_string(Timestamp{ns, 0, 9, true});
}

Date business_date(std::int64_t ns) {
  const auto seconds = floor_div(ns, second_ns) + china_offset_seconds;
  return Date{static_cast<std::int32_t>(floor_div(seconds, day_seconds))};
}

}  // namespace ledger
