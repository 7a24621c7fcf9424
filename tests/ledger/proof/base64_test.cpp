#include "ledger/proof/base64.h"

#include <catch2/catch.hpp>

using namespace ledger;
using namespace ledger::proof;

TEST_CASE("base64 writes and reads the examples of RFC 4648") {
  const std::vector<std::pair<std::string, std::string>> examples{{"", ""},
                                                                  {"f", "Zg=="},
                                                                  {"fo", "Zm8="},
                                                                  {"foo", "Zm9v"},
                                                                  {"foob", "Zm9vYg=="},
                                                                  {"fooba", "Zm9vYmE="},
                                                                  {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : examples) {
    CHECK(encode_base64(bytes_of(plain)) == encoded);
    const auto decoded = decode_base64(encoded);
    REQUIRE(decoded);
    CHECK(text_of(*decoded) == plain);
  }
}

TEST_CASE("every byte survives base64") {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  CHECK(text_of(*decode_base64(encode_base64(bytes_of(all)))) == all);
}

TEST_CASE("only the canonical spelling is base64") {
  using namespace std::string_literals;
  const auto text =
      GENERATE(as<std::string>{}, "Zg", "Zg=", "Zg===", "=", "==", "====", "Zh==", "Zm9=", " Zm9v",
               "Zm9v ", "Zm9v\n", "\nZm9v", "Zm9v    ", "Zm 9", "Zm=v", "Z===", "Zg==Zg==", "Zm9-",
               "Zm9_", "Zm9v====", "Zm9\0"s, "    ", "\n\n\n\n");
  CAPTURE(text);
  CHECK_FALSE(decode_base64(text));
}

TEST_CASE("a hash is the base64 of 32 bytes") {
  const std::string text = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  REQUIRE(decode_hash(text));
  CHECK(encode_base64(*decode_hash(text)) == text);
  CHECK_FALSE(decode_hash(""));
  CHECK_FALSE(decode_hash("Zm9v"));
  CHECK_FALSE(decode_hash(text + text.substr(0, 4)));
}
