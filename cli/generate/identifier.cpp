#include "cli/generate/identifier.h"

#include <algorithm>

#include "ledger/base/check.h"
#include "projections/policy/identifier.h"

namespace cli::generate {
namespace {

namespace policy = projections::policy;

constexpr std::string_view vin_letters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
constexpr std::string_view plate_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
constexpr std::string_view new_energy_letters = "DABCEFGHJK";

char organisation_check(std::string_view code) {
  constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * (code[i] - '0');
  }
  return "0123456789X0"[11 - sum % 11];
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
  text[8] = policy::vin_check_digit(view);
  return Name{}.append(view);
}

Name uscc(std::int64_t number, const City& city, bool government) {
  // Multiplying by a number prime to 10^8 permutes the codes: they look drawn, and differ.
  const auto code = (number % 100'000'000 * 26'544'357 + 30'817'205) % 100'000'000;
  const Name organisation("", code, 8);
  Name text(government ? "11" : "91", city.district_code, 6);
  text.append(organisation).append(organisation_check(organisation));
  return text.append(policy::uscc_check_digit(text));
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
