#include "ledger/proof/key.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/ledger/proof/hex.h"

using namespace ledger;
using namespace ledger::proof;
using test::array_of;
using test::hex;
using test::unhex;

namespace {

struct Example {
  std::string seed, key, message, signature;
};

// RFC 8032, section 7.1, tests 1 to 3.
const std::vector<Example> rfc8032{
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
     "b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
     "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
     "c6594a7c15e9716ed28dc027beceea1ec40a"}};

}  // namespace

TEST_CASE("Ed25519 signs and verifies the examples of RFC 8032") {
  for (const Example& example : rfc8032) {
    CAPTURE(example.seed);
    const auto seed = array_of<32>(example.seed);
    const auto key = array_of<32>(example.key);
    const std::string message = unhex(example.message);
    CHECK(hex(ed25519::public_key_of(seed)) == example.key);
    auto signature = ed25519::sign(seed, bytes_of(message));
    CHECK(hex(signature) == example.signature);
    CHECK(ed25519::verify(key, bytes_of(message), signature));

    CHECK_FALSE(ed25519::verify(key, bytes_of(message + "x"), signature));
    CHECK_FALSE(ed25519::verify(key, bytes_of(message), Bytes(signature).first(63)));
    CHECK_FALSE(ed25519::verify(key, bytes_of(message), {}));
    CHECK_FALSE(ed25519::verify({}, bytes_of(message), signature));
    for (const std::size_t position : {0U, 31U, 32U, 63U}) {
      signature[position] ^= std::byte{4};
      CHECK_FALSE(ed25519::verify(key, bytes_of(message), signature));
      signature[position] ^= std::byte{4};
    }
  }
}

TEST_CASE("a signature has one form only: S is reduced") {
  const auto key = array_of<32>(rfc8032[0].key);
  auto signature = array_of<64>(rfc8032[0].signature);
  // Adds the order of the group, 2^252 + 27742317777372353535851937790883648493, to S.
  const std::string order =
      unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const unsigned sum =
        std::to_integer<unsigned>(signature[32 + i]) + static_cast<unsigned char>(order[i]) + carry;
    signature[32 + i] = static_cast<std::byte>(sum & 0xFFU);
    carry = sum >> 8;
  }
  CHECK_FALSE(ed25519::verify(key, {}, signature));
}

TEST_CASE("keys read and write the text forms of Go's note package") {
  // The pair that the package's documentation shows.
  const std::string secret =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  const std::string open = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const auto key = SigningKey::parse(secret);
  REQUIRE(key);
  CHECK(key->text() == secret);
  CHECK(key->verifier().text() == open);
  CHECK(key->verifier().name() == "PeterNeumann");
  CHECK(key->verifier().id() == KeyId{0xc74f20a3});
  const auto verifier = VerifierKey::parse(open);
  REQUIRE(verifier);
  CHECK(verifier->text() == open);
  CHECK(verifier->verify("message", key->sign("message")));
  CHECK_FALSE(verifier->verify("massage", key->sign("message")));
}

TEST_CASE("a key made of a seed reads back") {
  const auto seed = array_of<32>(rfc8032[0].seed);
  const auto key = SigningKey::of("tally.example/north", seed);
  REQUIRE(key);
  const auto again = SigningKey::parse(key->text());
  REQUIRE(again);
  CHECK(again->text() == key->text());
  CHECK(hex(again->verifier().public_key()) == rfc8032[0].key);
}

TEST_CASE("a damaged verifier key is refused") {
  const auto text =
      GENERATE(as<std::string>{}, "", "+", "++", "PeterNeumann", "PeterNeumann+c74f20a3",
               "PeterNeumann+c74f20a3+",
               "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  // another id
               "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  // capitals
               "PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  // seven digits
               "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  // another name
               "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",  // another key
               "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
               "PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",   // type 4
               "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy",       // too short
               "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",               // no name
               "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  // a space
               "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  CAPTURE(text);
  const auto key = VerifierKey::parse(text);
  REQUIRE_FALSE(key);
  CHECK(key.error().code == ErrorCode::invalid);
}

TEST_CASE("a damaged signing key is refused, and not shown") {
  const auto text =
      GENERATE(as<std::string>{}, "", "PRIVATE+KEY+",
               "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
               "PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
               "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDF0",
               "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXH",
               "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n");
  CAPTURE(text);
  const auto key = SigningKey::parse(text);
  REQUIRE_FALSE(key);
  CHECK(key.error().message.en.find("EKFALVFGyNhPJEMzD1QIDr") == std::string::npos);
}

TEST_CASE("a key name holds no space, plus or control character") {
  for (const char* name : {"a", "tally.example/north", "经销商.example", "\u00E9", "a\x7F"}) {
    CAPTURE(name);
    CHECK(is_key_name(name));
  }
  // Spaces of Unicode: ASCII, next line, no-break, ogham, em quad, hair, line and paragraph
  // separators, narrow no-break, medium mathematical, ideographic.
  for (const char* name : {"",
                           " ",
                           "a b",
                           "a+b",
                           "a\tb",
                           "a\nb",
                           "a\rb",
                           "a\x01",
                           "a\u0085",
                           "a\u00A0b",
                           "\u1680",
                           "\u2000",
                           "\u200A",
                           "\u2028",
                           "\u2029",
                           "\u202F",
                           "\u205F",
                           "\u3000",
                           "a\xFF",
                           "\xC0\xAF",
                           "\xED\xA0\x80",
                           "\xF4\x90\x80\x80",
                           "\xE2\x80"}) {
    CAPTURE(name);
    CHECK_FALSE(is_key_name(name));
    CHECK_FALSE(SigningKey::of(name, ed25519::Seed{}));
  }
  CHECK(is_key_name("\u200B"));  // zero width space: no White_Space, in spite of its name
}
