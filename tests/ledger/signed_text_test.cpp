// The text that authors sign, against texts written out by hand.
#include "ledger/signed_text.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "ledger/author_signature.h"
#include "ledger/finding.h"
#include "ledger/line_signer.h"
#include "ledger/personal_commitment.h"
#include "ledger/proof/hash.h"
#include "tests/ledger/outside_form.h"
#include "tests/support/tests_dir.h"

namespace ledger::test {
namespace {

constexpr const char* salts = R"(,"authorkey":"0a1b2c3d","authorsig":")"
                              "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEy"
                              R"(MzQ1Njc4OTo7PD0+Pw==","authorsalts":")";

// An event of `type` with that data; `more` is put among the attributes.
std::string line(const std::string& type, const std::string& subject, const std::string& data,
                 const std::string& more = {}) {
  return R"({"specversion":"1.0","id":"e1","source":"dms/D001","type":")" + type +
         R"(","subject":")" + subject + R"(","time":"2017-03-01T09:00:00.50+08:00")" + more +
         R"(,"data":)" + data + "}";
}

std::string canonical(const std::string& outside) {
  auto encoded = encode(outside);
  if (encoded.refusal) FAIL(encoded.refusal->field << ": got " << encoded.refusal->got.en);
  const auto entry = encoded.entry->decode();
  REQUIRE(entry);
  auto data = canonical_data(*entry->event);
  if (!data) FAIL(data.error().message.en);
  return *data;
}

std::string hex_sha256(std::string_view text) {
  return hex_of(proof::sha256(bytes_of(text)));
}

TEST_CASE("data is signed in the form of RFC 8785: keys sorted, no spaces") {
  CHECK(canonical(line("filing.submitted", "filing/F1",
                       R"({ "project" : "P1", "filing": "F1",
                            "dealer":"D1","customer":"C1" })")) ==
        R"({"customer":"C1","dealer":"D1","filing":"F1","project":"P1"})");
  CHECK(canonical(line("order.created", "order/O1",
                       R"({"quantity":8,"order":"O1","dealer":"D1","customer":"C1",)"
                       R"("channel":"dealer","special_spec":false})")) ==
        R"({"channel":"dealer","customer":"C1","dealer":"D1","order":"O1","quantity":8,)"
        R"("special_spec":false})");
  CHECK(canonical(line("settlement.requested", "settlement/S1",
                       R"({"vins":["LSVAA4182E2000017","LSVAA4182E2000018"],"kind":"standard",)"
                       R"("order":"O1","settlement":"S1"})")) ==
        R"({"kind":"standard","order":"O1","settlement":"S1",)"
        R"("vins":["LSVAA4182E2000017","LSVAA4182E2000018"]})");
}

// The string of section 3.2.2 of the RFC, with the result it prints, and the rest of the escapes.
TEST_CASE("strings are escaped as RFC 8785 says") {
  const std::string spelled = R"("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/")";
  const std::string wanted = "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"";
  CHECK(canonical(
            line("filing.rejected", "filing/F1", R"({"filing":"F1","reason":)" + spelled + "}")) ==
        R"({"filing":"F1","reason":)" + wanted + "}");
  CHECK(canonical(line("filing.rejected", "filing/F1",
                       R"({"filing":"F1","reason":"\b\f\r\t\u0001\u007f\ud83d\ude02é"})")) ==
        "{\"filing\":\"F1\",\"reason\":\"\\b\\f\\r\\t\\u0001\x7f😂é\"}");
}

TEST_CASE("an author signs a salted hash of a personal value, and no name of an organisation") {
  const std::string salt = "000102030405060708090a0b0c0d0e0f";
  PersonalSalt bytes;
  for (std::size_t at = 0; at < bytes.size(); ++at) bytes[at] = static_cast<std::byte>(at);
  const auto hash = [&](std::string_view value) {
    return R"({"sha256":")" + hex_of(personal_commitment(bytes, value)) + R"("})";
  };
  CHECK(canonical(line("vehicle.registered", "vehicle/LSVAA4182E2000017",
                       R"({"vin":"LSVAA4182E2000017","plate":"京A12345","owner":"张三"})",
                       salts + ("owner=" + salt) + ",plate=" + salt + "\"")) ==
        R"({"owner":)" + hash("张三") + R"(,"plate":)" + hash("京A12345") +
            R"(,"vin":"LSVAA4182E2000017"})");
  CHECK(canonical(line("customer.registered", "customer/C1",
                       R"({"customer":"C1","name":"某某公司","class":"enterprise"})",
                       std::string(salts).substr(0, std::string(salts).find(",\"authorsalts")))) ==
        R"({"class":"enterprise","customer":"C1","name":"某某公司"})");
  CHECK(canonical(line("customer.registered", "customer/C1",
                       R"({"customer":"C1","name":"李四","class":"taxi"})",
                       salts + ("name=" + salt) + "\"")) ==
        R"({"class":"taxi","customer":"C1","name":)" + hash("李四") + "}");
}

TEST_CASE("the text names the ledger and every attribute, each on a line of its own") {
  auto bare =
      encode(line("filing.confirmed", "filing/F1", R"({"filing":"F1","customer_code":"K1"})"));
  auto full =
      encode(line("filing.confirmed", "filing/F1", R"({"filing":"F1","customer_code":"K1"})",
                  R"(,"recordedtime":"2017-03-02T01:00:00Z","actor":"王芳",)"
                  R"("role":"fleet_dept")"));
  REQUIRE_FALSE(bare.refusal);
  REQUIRE_FALSE(full.refusal);
  const auto hash = hex_sha256(R"({"customer_code":"K1","filing":"F1"})");
  CHECK(*signed_text("ledger.example/x", *bare.entry->decode()->event) ==
        "tally-event/v1\nledger.example/x\ndms/D001\ne1\nfiling.confirmed\nfiling/F1\n"
        "2017-03-01T09:00:00.50+08:00\n\n\n\n" +
            hash + "\n");
  CHECK(*signed_text("ledger.example/x", *full.entry->decode()->event) ==
        "tally-event/v1\nledger.example/x\ndms/D001\ne1\nfiling.confirmed\nfiling/F1\n"
        "2017-03-01T09:00:00.50+08:00\n2017-03-02T01:00:00Z\n王芳\nfleet_dept\n" +
            hash + "\n");
}

// The example of docs/FORMATS.md.
TEST_CASE("the page of formats shows the text as it is signed") {
  std::ifstream file(::test::in_tests("../docs/FORMATS.md"), std::ios::binary);
  std::ostringstream page;
  page << file.rdbuf();
  std::string sig(salts);
  auto encoded = encode(
      R"({"specversion":"1.0","id":"r-1","source":"dms/D001","type":"dealer.manager_assigned",)"
      R"("subject":"dealer/D001","time":"2017-03-01T09:00:00+08:00","role":"dealer")" +
      sig +
      R"(person=000102030405060708090a0b0c0d0e0f","data":{"dealer":"D001","person":"张三"}})");
  if (encoded.refusal) FAIL(encoded.refusal->field);
  const auto& event = *encoded.entry->decode()->event;
  CHECK(page.str().find("```\n" + *signed_text("tally.example/north", event) + "```\n") !=
        std::string::npos);
  CHECK(page.str().find("`" + *canonical_data(event) + "`") != std::string::npos);
}

TEST_CASE("salts stand where there is a signature and a personal value") {
  const auto refused = [](const std::string& outside) {
    const auto encoded = encode(outside);
    return encoded.refusal ? encoded.refusal->field + ": " + encoded.refusal->wanted.en
                           : std::string("taken");
  };
  const std::string data = R"({"vin":"LSVAA4182E2000017","plate":"京A12345","owner":"张三"})";
  const auto registered = [&](const std::string& more) {
    return refused(line("vehicle.registered", "vehicle/LSVAA4182E2000017", data, more));
  };
  const std::string salt(32, 'a');
  CHECK(registered(salts + ("plate=" + salt) + ",owner=" + salt + "\"") == "taken");
  CHECK(registered(R"(,"authorsalts":"plate=)" + salt + "\"") ==
        "authorsalts: nothing, since there is no authorsig");
  const std::string wanted =
      "authorsalts: plate=32 lower-case hex digits,owner=32 lower-case hex digits, each where the "
      "value is there";
  for (const auto& wrong : {std::string(), fmt::format("plate={0},plate={0}", salt), "vin=" + salt,
                            "colour=" + salt, "plate" + salt, "plate=" + salt.substr(1),
                            "plate=" + salt + "a", "plate=" + std::string(32, 'A'),
                            "plate=" + salt + ",", fmt::format("plate={0}, owner={0}", salt)}) {
    CAPTURE(wrong);
    CHECK(registered(fmt::format("{}{}\"", salts, wrong)) == wanted);
  }
  CHECK(refused(line("customer.registered", "customer/C1",
                     R"({"customer":"C1","name":"某某公司","class":"enterprise"})",
                     salts + ("name=" + salt) + "\"")) ==
        "authorsalts: none, since data.name names no person");
  CHECK(refused(line("customer.registered", "customer/C1",
                     R"({"customer":"C1","name":"李四","class":"taxi"})",
                     salts + ("name=" + salt) + ",phone=" + salt + "\"")) ==
        "authorsalts: none, since data.phone is not there");
  CHECK(refused(line("filing.confirmed", "filing/F1", R"({"filing":"F1","customer_code":"K1"})",
                     salts + ("filing=" + salt) + "\"")) ==
        "authorsalts: nothing: this type has no personal values");
}

// Salts that count up, so that two runs give the same bytes.
LineSigner signer_of(std::uint8_t seed, const std::string& origin) {
  proof::ed25519::Seed bytes{};
  bytes.front() = std::byte{seed};
  auto counter = std::make_shared<std::uint8_t>(0);
  return {*proof::SigningKey::of("zhang.san", bytes), origin,
          [counter](std::span<std::byte> salt) -> Status {
            for (auto& byte : salt) byte = std::byte{(*counter)++};
            return Ok{};
          }};
}

TEST_CASE("what is signed, exported and read again is still signed, and by nobody else") {
  const std::string origin = "ledger.example/x";
  auto signer = signer_of(1, origin);
  const auto key = proof::ed25519::public_key_of({std::byte{1}});
  const auto other = proof::ed25519::public_key_of({std::byte{2}});
  const auto outside = line("vehicle.registered", "vehicle/LSVAA4182E2000017",
                            R"({"vin":"LSVAA4182E2000017","plate":"京A12345","owner":"张三"})");
  const auto outcome = signer.sign(outside);
  REQUIRE(outcome);
  const auto* done = std::get_if<std::string>(&*outcome);
  REQUIRE(done);
  CHECK(done->starts_with(outside.substr(0, outside.size() - 1)));
  auto first = encode(*done);
  REQUIRE_FALSE(first.refusal);
  stamp(first.entry->bytes(), 1'488'499'200'000'000'000, -1);
  // As an export has it, index and time included.
  auto again = encode(exported(*first.entry->decode(7)));
  REQUIRE_FALSE(again.refusal);
  const auto entry = again.entry->decode();
  REQUIRE(entry);
  CHECK(same_content(*first.entry->decode(), *entry));
  CHECK(*is_signed_by(*entry->event, key, origin));
  CHECK_FALSE(*is_signed_by(*entry->event, other, origin));
  CHECK_FALSE(*is_signed_by(*entry->event, key, "ledger.example/y"));
  const auto twice = signer.sign(*done);
  REQUIRE(twice);
  CHECK(std::get<Refusal>(*twice).field == "authorsig");
}

// Every byte of the line, one at a time. The key id is not under the signature: it only says
// which key to try.
TEST_CASE("no change to a signed event keeps its signature") {
  const std::string origin = "ledger.example/x";
  auto signer = signer_of(1, origin);
  const auto key = proof::ed25519::public_key_of({std::byte{1}});
  const auto outcome =
      signer.sign(line("dealer.manager_assigned", "dealer/D1", R"({"dealer":"D1","person":"张三"})",
                       R"(,"actor":"a","role":"dealer")"));
  REQUIRE(outcome);
  const auto& good = std::get<std::string>(*outcome);
  auto original = encode(good);
  REQUIRE_FALSE(original.refusal);
  const auto author = author_of(*original.entry->decode()->event);
  std::size_t altered = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const unsigned flip : {1U, 2U, 32U}) {
      auto changed_line = good;
      changed_line[at] = static_cast<char>(static_cast<unsigned char>(changed_line[at]) ^ flip);
      auto changed = encode(changed_line);
      if (changed.refusal) continue;
      const auto entry = changed.entry->decode();
      REQUIRE(entry);
      if (!entry->event->author_key() || author_of(*entry->event) != author) continue;
      const auto still = is_signed_by(*entry->event, key, origin);
      CAPTURE(changed_line);
      if (same_content(*entry, *original.entry->decode())) {
        CHECK((still && *still));  // a t for a T
      } else {
        CHECK_FALSE((still && *still));
        ++altered;
      }
    }
  }
  CHECK(altered > 100);
}

}  // namespace
}  // namespace ledger::test
