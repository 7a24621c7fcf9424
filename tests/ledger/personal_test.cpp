// What stands for a personal value, and which values are personal.
#include <catch2/catch.hpp>

#include "ledger/catalogue.h"
#include "ledger/finding.h"
#include "ledger/personal_commitment.h"
#include "ledger/personal_field.h"
#include "ledger/spelling.h"

namespace ledger::test {
namespace {

PersonalSalt salt_of(std::string_view digits) {
  PersonalSalt salt;
  REQUIRE(read_hex(digits, {reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()}));
  return salt;
}

// printf '\x00\x01…\x0f张三' | sha256sum
TEST_CASE("a commitment is the SHA-256 of the salt and the value") {
  const auto salt = salt_of("000102030405060708090a0b0c0d0e0f");
  CHECK(hex_of(personal_commitment(salt, "张三")) ==
        "6f38e9af86a7062d73c5434154ca274ac754763325c0c30017816f691eb68c02");
  CHECK(hex_of(personal_commitment(salt, "")) ==
        "be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991");
}

TEST_CASE("the name of a customer is personal where the customer is a natural person") {
  const auto& rule = *catalogue().find("customer.registered");
  const auto& name = rule.fields[*rule.field_names.find("name")];
  const auto& phone = rule.fields[*rule.field_names.find("phone")];
  const auto& address = rule.fields[*rule.field_names.find("address")];
  const auto class_place = *rule.field_names.find("class");
  const auto uscc_place = *rule.field_names.find("uscc");
  const auto& classes = rule.fields[class_place].values;
  for (std::size_t number = 0; number < classes.size(); ++number) {
    for (const bool has_uscc : {false, true}) {
      CAPTURE(classes[number], has_uscc);
      const auto number_at = [&](std::size_t place) -> std::optional<std::int64_t> {
        if (place == class_place) return static_cast<std::int64_t>(number);
        if (place == uscc_place && has_uscc) return 0;
        return std::nullopt;
      };
      const bool natural =
          (classes[number] == "taxi" || classes[number] == "recognised") && !has_uscc;
      CHECK(names_person(rule, name, number_at) == natural);
      CHECK(names_person(rule, phone, number_at));
      CHECK_FALSE(names_person(rule, address, number_at));
    }
  }
}

}  // namespace
}  // namespace ledger::test
