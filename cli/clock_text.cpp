#include "cli/clock_text.h"

#include <fmt/format.h>

#include <cstdlib>

#include "ledger/base/time.h"

namespace cli {

std::string beijing(std::int64_t ns) {
  constexpr std::int64_t ahead_ns = 8LL * 3'600 * 1'000'000'000;
  auto text = ledger::to_string_utc(ns + ahead_ns).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string elapsed(std::int64_t seconds) {
  constexpr std::int64_t hour = 3'600;
  constexpr std::int64_t day = 24 * hour;
  const auto span = std::abs(seconds);
  return fmt::format("{}{}d {:02}:{:02}", seconds < 0 ? "-" : "", span / day, span % day / hour,
                     span % hour / 60);
}

}  // namespace cli
