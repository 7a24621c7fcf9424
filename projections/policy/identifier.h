// Identifiers of vehicles and organisations, by the standards that define them. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace projections::policy {

// What is wrong with an identifier: the first thing that is.
enum class Defect : std::uint8_t {
  length,
  character,    // one that the standard does not use there
  check_digit,  // the characters are right and do not add up
  province,     // of a plate: not one of the 31 abbreviations
  pattern       // of a plate: no ordinary and no new-energy one
};
std::string_view name_of(Defect defect);

// The character at position 9 of a VIN (GB 16735) that makes it add up, `0`–`9` or `X`. The
// other 16 must be digits and capitals without I, O and Q.
char vin_check_digit(std::string_view vin);
// The last character of a unified social credit code (GB 32100) after its first 17, which must
// be of its alphabet.
char uscc_check_digit(std::string_view code);

// Nothing where the identifier is as its standard asks. Wrong ones are warnings, never
// refusals (events.md 2).
std::optional<Defect> vin_defect(std::string_view vin);
std::optional<Defect> uscc_defect(std::string_view code);
// UTF-8. Ordinary and new-energy plates are both right for any car: a new-energy car of 2017
// may well have an ordinary one.
std::optional<Defect> plate_defect(std::string_view plate);

}  // namespace projections::policy
