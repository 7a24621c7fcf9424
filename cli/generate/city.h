// Where a generated history plays, and the words its names are made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/generate/dice.h"

namespace cli::generate {

struct City {
  std::string_view name;
  std::string_view region;        // the maker's sales region
  std::string_view plate_prefix;  // province and letter
  int district_code;              // GB/T 2260, six digits
};

// Cities in a fixed order, over again from the start when `number` exceeds them.
const City& city(std::int64_t number);

// A two-word company name stem, `宏远`.
std::string company_stem(Dice& dice);
std::string person_name(Dice& dice);
// A mobile number.
std::string phone_number(Dice& dice);
std::string street_address(Dice& dice, const City& city);

}  // namespace cli::generate
