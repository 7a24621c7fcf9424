// What OpenSSL decides about signatures at the edges of Ed25519, in the manner of Project
// Wycheproof. Where RFC 8032 leaves room the decision is recorded here, so that a library that
// decides otherwise is noticed: a witness and a ledger must not disagree about a signature.
#include "ledger/proof/ed25519.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>

#include "tests/ledger/proof/hex.h"

using namespace ledger;
using namespace ledger::proof;
using test::array_of;
using test::hex;
using test::unhex;

namespace {

bool verify(const std::string& key, std::string_view message, const std::string& signature) {
  return ed25519::verify(array_of<32>(key), bytes_of(message), bytes_of(unhex(signature)));
}

// The order of the group, little-endian.
const std::string order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
const std::string zero(64, '0');
const std::string one = "01" + std::string(62, '0');
// The prime of the field less one, itself and plus one: the last two are 0 and 1, misspelt.
const std::string p_minus_1 = "ec" + std::string(60, 'f') + "7f";
const std::string p_itself = "ed" + std::string(60, 'f') + "7f";
const std::string p_plus_1 = "ee" + std::string(60, 'f') + "7f";

// Example 2 of RFC 8032, section 7.1.
const std::string key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
const std::string good_r = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da";
const std::string good_s = "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
const std::string message = "r";

// `number` + `count` times the order, as 32 bytes; nothing when it does not fit.
std::optional<std::string> plus_orders(const std::string& number, unsigned count) {
  auto sum = unhex(number);
  const auto step = unhex(order);
  for (unsigned round = 0; round < count; ++round) {
    unsigned carry = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
      const unsigned digit = static_cast<unsigned char>(sum[i]) +
                             static_cast<unsigned>(static_cast<unsigned char>(step[i])) + carry;
      sum[i] = static_cast<char>(digit & 0xFFU);
      carry = digit >> 8;
    }
    if (carry != 0) return std::nullopt;
  }
  return hex(bytes_of(sum));
}

}  // namespace

TEST_CASE("Ed25519 signs and verifies the long examples of RFC 8032") {
  // TEST SHA(abc), whose message is the SHA-512 of "abc".
  const auto seed =
      array_of<32>("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42");
  const auto text = unhex(
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3fe"
      "ebbd454d4423643ce80e2a9ac94fa54ca49f");
  CHECK(hex(ed25519::public_key_of(seed)) ==
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf");
  CHECK(
      hex(ed25519::sign(seed, bytes_of(text))) ==
      "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431"
      "e0303dca179c138ac17ad9bef1177331a704");
}

TEST_CASE("S is below the order of the group, or there is no signature") {
  REQUIRE(verify(key, message, good_r + good_s));
  for (unsigned count = 1; const auto larger = plus_orders(good_s, count); ++count) {
    CAPTURE(count);
    CHECK_FALSE(verify(key, message, good_r + *larger));
    REQUIRE(count < 16);
  }
  for (const char* top : {"20", "40", "80", "e0"}) {
    CHECK_FALSE(verify(key, message, good_r + good_s.substr(0, 62) + top));
  }
}

TEST_CASE("special values of R and S sign nothing for an honest key") {
  const std::vector<std::string> special{zero,
                                         one,
                                         p_minus_1,
                                         p_itself,
                                         p_plus_1,
                                         order,
                                         good_r,
                                         good_s,
                                         std::string(64, 'f'),
                                         *plus_orders(zero, 1),
                                         "02" + std::string(62, '0'),
                                         "ec" + order.substr(2)};
  for (const auto& r : special) {
    for (const auto& s : special) {
      if (r == good_r && s == good_s) continue;
      CAPTURE(r, s);
      CHECK_FALSE(verify(key, message, r + s));
    }
  }
}

TEST_CASE("a signature of another length is none") {
  const auto good = good_r + good_s;
  for (std::size_t length = 0; length < good.size(); length += 2) {
    CHECK_FALSE(verify(key, message, good.substr(0, length)));
  }
  CHECK_FALSE(verify(key, message, good + "00"));
  CHECK_FALSE(verify(key, message, "00" + good));
  CHECK_FALSE(verify(key, message, good + good));
  CHECK_FALSE(verify(key, message, good_s + good_r));
}

TEST_CASE("no bit of key, message or signature is free") {
  const auto good = unhex(good_r + good_s);
  for (std::size_t i = 0; i < good.size() * 8; ++i) {
    auto flipped = good;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
    REQUIRE_FALSE(verify(key, message, hex(bytes_of(flipped))));
  }
  for (std::size_t i = 0; i < 256; ++i) {
    auto flipped = unhex(key);
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
    REQUIRE_FALSE(verify(hex(bytes_of(flipped)), message, good_r + good_s));
  }
  CHECK_FALSE(verify(key, "", good_r + good_s));
  CHECK_FALSE(verify(key, "s", good_r + good_s));
  CHECK_FALSE(verify(key, message + message, good_r + good_s));
}

TEST_CASE("bytes that are no point of the curve are no key") {
  for (const auto& none : {"02" + std::string(62, '0'), std::string(64, 'f'),
                           "0" + std::string(1, '7') + std::string(62, '0')}) {
    CAPTURE(none);
    CHECK_FALSE(verify(none, message, good_r + good_s));
    CHECK_FALSE(verify(none, message, one + zero));
  }
}

TEST_CASE("a key of small order is taken: whoever trusts it trusts everyone") {
  // The neutral element: R = S·B − h·A is the neutral element for S = 0, whatever the message.
  // RFC 8032 does not forbid such keys, and OpenSSL does not look. A verifier key is compared
  // with a copy from elsewhere before it is trusted; that is what keeps such a key out.
  CHECK(verify(one, message, one + zero));
  CHECK(verify(one, "another message", one + zero));
  CHECK_FALSE(verify(one, message, p_plus_1 + zero));  // R is compared as bytes
  CHECK_FALSE(verify(one, message, one + one));
  // Of order 2: the check is without cofactor, so it holds for the even h, and not for the odd.
  int accepted = 0;
  for (char i = 0; i < 64; ++i)
    accepted += verify(p_minus_1, std::string(1, i), one + zero) ? 1 : 0;
  CHECK(accepted > 0);
  CHECK(accepted < 64);
}

TEST_CASE("a key misspelt above the prime is taken, and is a key of its own") {
  // OpenSSL reduces y. The spelling goes into h and into the key id, so the two spellings are
  // two keys, and a signature by one is none by the other.
  CHECK(verify(p_plus_1, message, one + zero));
}

// The points whose order divides 8, also as they are misspelt above the prime.
TEST_CASE("keys of small order are told from sound ones") {
  const std::string zeros(60, '0');
  const std::string ones(60, 'f');
  for (const auto& spelling :
       {"01" + zeros + "00", "01" + zeros + "80", "00" + zeros + "00", "00" + zeros + "80",
        "ec" + ones + "7f", "ec" + ones + "ff", "ed" + ones + "7f", "ed" + ones + "ff",
        "ee" + ones + "7f", "ee" + ones + "ff",
        std::string("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        std::string("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
        std::string("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        std::string("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")}) {
    CAPTURE(spelling);
    CHECK(ed25519::is_weak(array_of<32>(spelling)));
  }
  for (int number = 0; number < 20; ++number) {
    ed25519::Seed seed{};
    seed.front() = static_cast<std::byte>(number);
    CHECK_FALSE(ed25519::is_weak(ed25519::public_key_of(seed)));
  }
}
