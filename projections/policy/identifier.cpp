#include "projections/policy/identifier.h"

#include <algorithm>
#include <array>

#include "ledger/base/ascii.h"
#include "ledger/base/check.h"

namespace projections::policy {
namespace {

constexpr std::size_t vin_length = 17;
constexpr std::size_t vin_check_place = 8;
constexpr std::string_view uscc_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t uscc_length = 18;

constexpr std::array<std::string_view, 31> provinces{
    "京", "津", "沪", "渝", "冀", "豫", "云", "辽", "黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣",
    "鄂", "桂", "甘", "晋", "蒙", "陕", "吉", "闽", "贵", "粤", "青", "藏", "川", "宁", "琼"};
// What an ordinary plate may end in instead of a letter or digit: learners, police, trailers,
// Hong Kong, Macao, consulates.
constexpr std::array<std::string_view, 6> endings{"学", "警", "挂", "港", "澳", "领"};

// A letter or digit of a plate: no I and no O.
bool is_serial(char c) {
  return ledger::is_digit(c) || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'O');
}

// D and F mark electric cars of old; A to C, E, G, H, J, K came later.
bool marks_new_energy(char c) {
  return c >= 'A' && c <= 'K' && c != 'I';
}

// The value of a VIN character (GB 16735); nothing for one that is not used.
std::optional<int> vin_value(char c) {
  if (ledger::is_digit(c)) return c - '0';
  if (c >= 'A' && c <= 'H') return c - 'A' + 1;
  if (c >= 'J' && c <= 'N') return c - 'J' + 1;
  if (c == 'P') return 7;
  if (c == 'R') return 9;
  if (c >= 'S' && c <= 'Z') return c - 'S' + 2;
  return std::nullopt;
}

// Removes the first of `heads` that `text` begins with; whether there was one.
template <class Heads>
bool take_head(std::string_view& text, const Heads& heads) {
  for (const auto head : heads) {
    if (!text.starts_with(head)) continue;
    text.remove_prefix(head.size());
    return true;
  }
  return false;
}

bool is_ordinary(std::string_view serial) {
  for (const auto ending : endings) {
    if (!serial.ends_with(ending)) continue;
    serial.remove_suffix(ending.size());
    return serial.size() == 4 && std::all_of(serial.begin(), serial.end(), is_serial);
  }
  return serial.size() == 5 && std::all_of(serial.begin(), serial.end(), is_serial);
}

bool is_small_new_energy(std::string_view serial) {
  return serial.size() == 6 && marks_new_energy(serial[0]) && is_serial(serial[1]) &&
         std::all_of(serial.begin() + 2, serial.end(), ledger::is_digit);
}

bool is_large_new_energy(std::string_view serial) {
  return serial.size() == 6 && std::all_of(serial.begin(), serial.end() - 1, ledger::is_digit) &&
         marks_new_energy(serial[5]);
}

}  // namespace

std::string_view name_of(Defect defect) {
  constexpr std::array<std::string_view, 5> names = {"length", "character", "check_digit",
                                                     "province", "pattern"};
  return names[static_cast<std::size_t>(defect)];
}

char vin_check_digit(std::string_view vin) {
  constexpr std::array<int, vin_length> weights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  ledger::check(vin.size() == vin_length, "a VIN has 17 characters");
  int sum = 0;
  for (std::size_t at = 0; at < vin_length; ++at) {
    if (at != vin_check_place) sum += weights[at] * vin_value(vin[at]).value_or(0);
  }
  return "0123456789X"[sum % 11];
}

char uscc_check_digit(std::string_view code) {
  constexpr std::array<int, uscc_length - 1> weights{1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                     29, 25, 13, 8,  24, 10, 30, 28};
  ledger::check(code.size() >= weights.size(), "17 characters come before the check digit");
  int sum = 0;
  for (std::size_t at = 0; at < weights.size(); ++at)
    sum += weights[at] * static_cast<int>(uscc_alphabet.find(code[at]));
  return uscc_alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

std::optional<Defect> vin_defect(std::string_view vin) {
  if (vin.size() != vin_length) return Defect::length;
  const bool spelled =
      std::all_of(vin.begin(), vin.end(), [](char c) { return vin_value(c).has_value(); });
  if (!spelled) return Defect::character;
  if (vin[vin_check_place] != vin_check_digit(vin)) return Defect::check_digit;
  return std::nullopt;
}

std::optional<Defect> uscc_defect(std::string_view code) {
  if (code.size() != uscc_length) return Defect::length;
  if (code.find_first_not_of(uscc_alphabet) != std::string_view::npos) return Defect::character;
  if (code.back() != uscc_check_digit(code)) return Defect::check_digit;
  return std::nullopt;
}

std::optional<Defect> plate_defect(std::string_view plate) {
  if (!take_head(plate, provinces)) return Defect::province;
  const bool has_office = !plate.empty() && plate[0] >= 'A' && plate[0] <= 'Z' && plate[0] != 'I';
  if (!has_office) return Defect::pattern;
  const auto serial = plate.substr(1);
  const bool known =
      is_ordinary(serial) || is_small_new_energy(serial) || is_large_new_energy(serial);
  return known ? std::nullopt : std::optional(Defect::pattern);
}

}  // namespace projections::policy
