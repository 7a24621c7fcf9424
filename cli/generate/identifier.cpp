#include "cli/generate/identifier.h"

#include <algorithm>

#include "ledger/base/check.h"

namespace cli::generate {
namespace {

constexpr std::string_view vin_letters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
constexpr std::string_view uscc_letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view plate_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
constexpr std::string_view new_energy_letters = "DABCEFGHJK";

// The value of a VIN character (GB 16735, table of letters).
constexpr int vin_value(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter <= 'H') return letter - 'A' + 1;
  if (letter <= 'N') return letter - 'J' + 1;
  if (letter == 'P') return 7;
  if (letter == 'R') return 9;
  return letter - 'S' + 2;
}

char vin_check(std::string_view vin) {
  constexpr std::array<int, 17> weights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * vin_value(vin[i]);
  }
  return "0123456789X"[sum % 11];
}

char organisation_check(std::string_view code) {
  constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * (code[i] - '0');
  }
  return "0123456789X0"[11 - sum % 11];
}

char uscc_check(std::string_view code) {
  constexpr std::array<int, 17> weights{1,  3,  9,  27, 19, 26, 16, 17, 20,
                                        29, 25, 13, 8,  24, 10, 30, 28};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * static_cast<int>(uscc_letters.find(code[i]));
  }
  return uscc_letters[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

char letter(std::string_view letters, std::int64_t number) {
  return letters[static_cast<std::size_t>(number) % letters.size()];
}

}  // namespace

Name::Name(std::string_view prefix, std::int64_t number, int width) {
  append(prefix);
  std::array<char, 20> digits{};
  auto first = digits.size();
  for (int count = 0; number > 0 || count < width; ++count) {
    digits[--first] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  append({digits.data() + first, digits.size() - first});
}

Name& Name::append(std::string_view text) {
  ledger::check(size_ + text.size() <= bytes_.size(), "a generated name is short");
  std::copy(text.begin(), text.end(), bytes_.begin() + size_);
  size_ = static_cast<std::uint8_t>(size_ + text.size());
  return *this;
}

Name& Name::append(char byte) {
  return append({&byte, 1});
}

Name vin(std::int64_t number, int year) {
  // A million serial numbers for each plant; then the next plant, then the next body.
  const auto plant = number / 1'000'000;
  std::array<char, 17> text{'L', 'F', 'B', 'E', 'D', '2', '1', 'A', '0', 'H', 'A'};
  text[7] = letter(vin_letters, 10 + plant / 23);
  text[9] = year == 2017 ? 'H' : 'J';
  text[10] = letter(vin_letters, 10 + plant % 23);
  auto serial = number % 1'000'000;
  for (std::size_t i = 17; i-- > 11; serial /= 10) {
    text[i] = static_cast<char>('0' + serial % 10);
  }
  const std::string_view view{text.data(), text.size()};
  text[8] = vin_check(view);
  return Name{}.append(view);
}

Name uscc(std::int64_t number, const City& city, bool government) {
  // Multiplying by a number prime to 10^8 permutes the codes: they look drawn, and differ.
  const auto code = (number % 100'000'000 * 26'544'357 + 30'817'205) % 100'000'000;
  const Name organisation("", code, 8);
  Name text(government ? "11" : "91", city.district_code, 6);
  text.append(organisation).append(organisation_check(organisation));
  return text.append(uscc_check(text));
}

Name plate(std::int64_t number, const City& city) {
  const auto serial = number * 7'919 % 340'000;
  Name text;
  text.append(city.plate_prefix).append(letter(new_energy_letters, number / 340'000));
  text.append(letter(plate_letters, serial / 10'000));
  return text.append(Name("", serial % 10'000, 4));
}

Name ordinary_plate(std::int64_t number, const City& city) {
  Name text;
  text.append(city.plate_prefix).append(letter(plate_letters, number / 10'000 % 24));
  return text.append(Name("", number * 7'919 % 10'000, 4));
}

}  // namespace cli::generate
