// Whole numbers and amounts.
#include <algorithm>
#include <charconv>

#include "cli/csv/cell.h"
#include "ledger/base/ascii.h"

namespace cli::csv {
namespace {

// The digits of a whole number, without the commas between its thousands; nothing when they
// stand elsewhere: the first group has one to three digits, every other three.
std::optional<std::string> digits_of(std::string_view text) {
  std::string digits;
  std::size_t in_group = 0;
  bool grouped = false;
  for (const char c : text) {
    if (ledger::is_digit(c)) {
      digits += c;
      ++in_group;
    } else if (c == ',' && (grouped ? in_group == 3 : in_group >= 1 && in_group <= 3)) {
      grouped = true;
      in_group = 0;
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty() || (grouped && in_group != 3)) return std::nullopt;
  return digits;
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

void remove_front(std::string_view& text, std::string_view what) {
  if (text.starts_with(what)) text = trimmed(text.substr(what.size()));
}

// Takes the name of the unit off the end, if it stands there.
void remove_unit(std::string_view& text, Unit unit) {
  const auto remove = [&](std::string_view name) {
    if (!text.ends_with(name)) return false;
    text = trimmed(text.substr(0, text.size() - name.size()));
    return true;
  };
  switch (unit) {
    case Unit::fen:
      (void)remove("分");
      return;
    case Unit::yuan:
      (void)remove("元");
      return;
    case Unit::wan_yuan:
      (void)(remove("万元") || remove("万"));
      return;
  }
}

}  // namespace

std::optional<std::int64_t> read_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto digits = digits_of(text);
  if (!digits) return std::nullopt;
  return number_of(negative ? "-" + *digits : *digits);
}

std::optional<std::int64_t> read_amount(std::string_view text, Unit unit) {
  remove_front(text, "￥");
  remove_front(text, "¥");
  remove_unit(text, unit);
  const auto point = text.find('.');
  auto digits = digits_of(text.substr(0, point));
  if (!digits) return std::nullopt;
  std::string fraction;
  if (point != std::string_view::npos) {
    for (const char c : text.substr(point + 1)) {
      if (!ledger::is_digit(c)) return std::nullopt;
      fraction += c;
    }
    if (fraction.empty()) return std::nullopt;
  }
  // Zeros behind the fen say nothing; any other digit there would have to be rounded.
  const auto places = static_cast<std::size_t>(unit);
  if (fraction.find_first_not_of('0', std::min(places, fraction.size())) != std::string::npos) {
    return std::nullopt;
  }
  fraction.resize(places, '0');
  return number_of(*digits + fraction);
}

}  // namespace cli::csv
