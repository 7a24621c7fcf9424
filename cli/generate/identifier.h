// Identifiers of vehicles and organisations with correct check digits, each derived
// from a running number, so that no two are equal however long the history.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cli/generate/calendar.h"
#include "cli/generate/city.h"

namespace cli::generate {

// A short text in place: identifiers are made by the million.
class Name {
 public:
  Name() = default;
  // `prefix` and the number, padded with zeros to `width` digits.
  Name(std::string_view prefix, std::int64_t number, int width);

  // NOLINTNEXTLINE(google-explicit-constructor): a Name is a text wherever one is wanted.
  operator std::string_view() const { return {bytes_.data(), size_}; }

  bool empty() const { return size_ == 0; }

  Name& append(std::string_view text);
  Name& append(char byte);

 private:
  std::array<char, 31> bytes_{};
  std::uint8_t size_{};
};

// GB 16735: 17 characters, check digit at position 9, model year 2017 or 2018.
Name vin(std::int64_t number, int year);
// GB 32100 with the organisation code of GB 11714; government bodies register with
// another department than companies.
Name uscc(std::int64_t number, const City& city, bool government);
// A small new-energy plate, `沪AD12345`, distinct for 3.4 M cars of one city.
Name plate(std::int64_t number, const City& city);
// An ordinary five-character plate, legitimate for a new-energy car of 2017.
Name ordinary_plate(std::int64_t number, const City& city);

}  // namespace cli::generate
