// Identifiers against examples that are known to be right, and what each standard forbids.
#include "projections/policy/identifier.h"

#include <catch2/catch.hpp>
#include <string>

namespace projections::policy {

TEST_CASE("VINs that are known to be right are right") {
  const auto vin = GENERATE(as<std::string>(), "LSJA24U62JG269225", "1M8GDM9AXKP042788");
  CHECK_FALSE(vin_defect(vin).has_value());
  CHECK(vin_check_digit(vin) == vin[8]);
}

TEST_CASE("one wrong character of a VIN does not add up") {
  const std::string vin = "LSJA24U62JG269225";
  constexpr std::string_view letters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
  for (std::size_t at = 0; at < vin.size(); ++at) {
    std::size_t found = 0;
    std::size_t tried = 0;
    for (const char letter : letters) {
      if (letter == vin[at]) continue;
      auto wrong = vin;
      wrong[at] = letter;
      ++tried;
      if (vin_defect(wrong) == Defect::check_digit) ++found;
    }
    CAPTURE(at);
    // Letters share values, so that a change between two of one value goes unseen.
    CHECK(found >= tried - 3);
  }
}

TEST_CASE("a VIN has 17 characters, none of them I, O, Q or small") {
  CHECK(vin_defect("LSJA24U62JG26922") == Defect::length);
  CHECK(vin_defect("LSJA24U62JG2692255") == Defect::length);
  for (const char letter : std::string_view("IOQa *")) {
    std::string vin = "LSJA24U62JG269225";
    vin[3] = letter;
    CHECK(vin_defect(vin) == Defect::character);
  }
}

TEST_CASE("a credit code adds up, and one wrong character of it does not") {
  const std::string code = "91110000600037341L";
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  CHECK_FALSE(uscc_defect(code).has_value());
  CHECK(uscc_check_digit(code) == 'L');
  for (std::size_t at = 0; at < code.size(); ++at) {
    for (const char letter : alphabet) {
      if (letter == code[at]) continue;
      auto wrong = code;
      wrong[at] = letter;
      CHECK(uscc_defect(wrong) == Defect::check_digit);
    }
    for (const char letter : std::string_view("IOSVZa")) {
      auto wrong = code;
      wrong[at] = letter;
      CHECK(uscc_defect(wrong) == Defect::character);
    }
  }
  CHECK(uscc_defect("91110000600037341") == Defect::length);
  CHECK(uscc_defect("") == Defect::length);
}

TEST_CASE("plates, ordinary and new-energy, are right") {
  const auto plate = GENERATE(as<std::string>(), "沪A12345", "京AF1234", "粤B1234学", "川A1234警",
                              "沪AD12345", "粤BDF1234", "沪A12345D", "京AK12345", "琼E12345F");
  CAPTURE(plate);
  CHECK_FALSE(plate_defect(plate).has_value());
}

TEST_CASE("what no plate looks like") {
  for (const auto* plate : {"", "A12345", "台A12345", "XA12345"}) {
    CAPTURE(plate);
    CHECK(plate_defect(plate) == Defect::province);
  }
  for (const auto* plate : {"沪", "沪A", "沪112345", "沪IA2345", "沪A1234", "沪A123456", "沪AI2345",
                            "沪AO2345", "沪AL12345", "沪AI12345", "沪ADO1234", "沪AD1234A",
                            "沪A1234DD", "沪A12345L", "沪A12345学", "沪a12345"}) {
    CAPTURE(plate);
    CHECK(plate_defect(plate) == Defect::pattern);
  }
}

}  // namespace projections::policy
