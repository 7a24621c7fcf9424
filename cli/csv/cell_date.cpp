// Dates, dates with a time of day, and months.
#include <fmt/format.h>

#include <utility>

#include "cli/csv/cell.h"
#include "ledger/base/ascii.h"

namespace cli::csv {
namespace {

// Takes a text apart from its front.
class Front {
 public:
  explicit Front(std::string_view rest) : rest_(rest) {}

  bool done() const { return rest_.empty(); }

  bool skip(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  // A number of `least` to `most` ASCII digits.
  std::optional<int> digits(int least, int most) {
    int number = 0;
    int count = 0;
    while (count < most && !rest_.empty() && ledger::is_digit(rest_.front())) {
      number = number * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      ++count;
    }
    if (count < least) return std::nullopt;
    return number;
  }

  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// What stands between the parts of a date and behind the last.
struct Spelling {
  std::string_view after_year, after_month, after_day;
  int least_digits;  // of month and day
};

constexpr Spelling spellings[] = {
    {"/", "/", "", 1}, {"-", "-", "", 1}, {"年", "月", "日", 1}, {"", "", "", 2}};

// The date at the front of `front`, which moves behind it.
std::optional<ledger::Date> take_date(Front& front) {
  for (const auto& spelling : spellings) {
    Front attempt = front;
    const auto year = attempt.digits(4, 4);
    if (!year || !attempt.skip(spelling.after_year)) continue;
    const auto month = attempt.digits(spelling.least_digits, 2);
    if (!month || !attempt.skip(spelling.after_month)) continue;
    const auto day = attempt.digits(spelling.least_digits, 2);
    if (!day || !attempt.skip(spelling.after_day)) continue;
    front = attempt;
    return ledger::date_of({*year, *month, *day});
  }
  return std::nullopt;
}

std::optional<std::string> take_time(Front& front) {
  const auto hour = front.digits(1, 2);
  if (!hour || *hour > 23 || !front.skip(":")) return std::nullopt;
  const auto minute = front.digits(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (front.skip(":")) {
    const auto given = front.digits(2, 2);
    if (!given || *given > 59) return std::nullopt;
    second = *given;
  }
  return fmt::format("{:02}:{:02}:{:02}", *hour, *minute, second);
}

}  // namespace

std::optional<DateTime> read_date_time(std::string_view text) {
  Front front(text);
  const auto date = take_date(front);
  if (!date) return std::nullopt;
  if (front.done()) return DateTime{*date, std::nullopt};
  Front behind(trimmed(front.rest()));
  const bool apart = behind.rest().size() < front.rest().size() || behind.skip("T");
  auto time = take_time(behind);
  if (!apart || !time || !behind.done()) return std::nullopt;
  return DateTime{*date, std::move(time)};
}

std::optional<ledger::Date> read_date(std::string_view text) {
  const auto read = read_date_time(text);
  if (!read || (read->time && read->time != "00:00:00")) return std::nullopt;
  return read->date;
}

std::optional<std::string> read_month(std::string_view text) {
  for (const auto& spelling : spellings) {
    Front front(text);
    const auto year = front.digits(4, 4);
    if (!year || !front.skip(spelling.after_year)) continue;
    const auto month = front.digits(spelling.least_digits, 2);
    const auto behind = spelling.after_day.empty() ? std::string_view{} : spelling.after_month;
    if (!month || *month < 1 || *month > 12 || !front.skip(behind) || !front.done()) continue;
    return fmt::format("{:04}-{:02}", *year, *month);
  }
  return std::nullopt;
}

}  // namespace cli::csv
