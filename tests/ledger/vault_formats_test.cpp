// The examples of the vault in docs/FORMATS.md, which another implementation of AES-GCM and
// HMAC wrote (Python's cryptography), opened by ours.
#include <catch2/catch.hpp>
#include <cstring>
#include <string>
#include <vector>

#include "ledger/durable_file.h"
#include "ledger/finding.h"
#include "ledger/sealed_value.h"
#include "ledger/spelling.h"
#include "ledger/vault.h"
#include "tests/ledger/sample.h"
#include "tests/support/formats_page.h"

namespace ledger {
namespace {

using ::test::formats_page;
using ::test::Scratch;
using test::value_of;

constexpr std::string_view owner = "owner/LSVAA000000000042/17";

CipherKey key_from(unsigned char first) {
  CipherKey key;
  for (std::size_t at = 0; at < key.size(); ++at) key[at] = std::byte(first + at);
  return key;
}

// The fenced block that a line begins.
std::string block_from(const std::string& line) {
  const auto start = formats_page().find("\n" + line);
  REQUIRE(start != std::string::npos);
  return formats_page().substr(start + 1, formats_page().find("```", start) - start - 1);
}

// What the lines of a block hold before their meaning.
std::vector<std::string> bytes_in(const std::string& block) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < block.size();) {
    const auto end = block.find('\n', at);
    const auto digits = block.substr(at, block.find("  ", at) - at);
    std::string part(digits.size() / 2, '\0');
    REQUIRE(read_hex(digits, {reinterpret_cast<std::uint8_t*>(part.data()), part.size()}));
    parts.push_back(std::move(part));
    at = end + 1;
  }
  return parts;
}

}  // namespace

TEST_CASE("the page of formats shows a keyring") {
  const Scratch scratch;
  const auto text = block_from("tally-vault/v1");
  REQUIRE(replace_file(scratch.path() / "keyring", text, FileAccess::owner_only));
  const auto keyring = value_of(read_keyring(scratch.path() / "keyring", VaultKey{key_from(0)}));
  CHECK(keyring.origin == "tally.example/north");
  CHECK(keyring.generation == 2);
  CHECK(keyring.wrapping == key_from(0x20));
  REQUIRE(replace_keyring(scratch.path() / "again", keyring, VaultKey{key_from(0)}));
  const auto again = value_of(read_file(scratch.path() / "again"));
  CHECK(again.size() == text.size());
  CHECK(again.substr(0, 37) == text.substr(0, 37));
}

TEST_CASE("the page of formats shows the record of a person and a sealed value") {
  const auto record = bytes_in(block_from("000102030405060708090a0b  nonce"));
  REQUIRE(record.size() == 3);
  const auto person =
      value_of(read_person(key_from(0x20), owner, record[0] + record[1] + record[2]));
  REQUIRE(person.state == Person::State::live);
  CHECK(person.keys.sealing == std::array<std::byte, 32>([] {
          CipherKey ones;
          ones.fill(std::byte{1});
          return ones;
        }()));

  const auto sealed = bytes_in(block_from("6465666768696a6b6c6d6e6f  nonce"));
  REQUIRE(sealed.size() == 10);
  flatbuffers::FlatBufferBuilder builder;
  const schema::Timestamp time(0, 0, 0, true);
  builder.Finish(schema::CreateEvent(builder, builder.CreateString("dms/D001"),
                                     builder.CreateString("e7"), 1, builder.CreateString("s"),
                                     &time, nullptr, 0, -1, 0, flatbuffers::nullopt, 0, 0, 1, 1, 0,
                                     0, builder.CreateVector(std::vector<std::uint8_t>{0})));
  const auto& event = *schema::GetEvent(builder.GetBufferPointer());
  const auto ciphertext = sealed[0] + sealed[1] + sealed[2];
  flatbuffers::FlatBufferBuilder value;
  value.Finish(schema::CreatePersonal(
      value, schema::PersonalForm::sealed, 0, 0, nullptr,
      value.CreateVector(reinterpret_cast<const std::uint8_t*>(ciphertext.data()),
                         ciphertext.size())));
  const auto opened = open_value(person.keys, event, "plate",
                                 *flatbuffers::GetRoot<schema::Personal>(value.GetBufferPointer()));
  REQUIRE(opened);
  CHECK(opened->value == "沪A12345");
  CHECK(text_of(personal_commitment(opened->salt, opened->value)) == sealed[3]);
  CHECK(digest_key(owner, {Sequence{17}, 6}) ==
        sealed[4] + sealed[5] + sealed[6] + sealed[7] + sealed[8]);
  CHECK(text_of(value_digest(person.keys, event, "plate", opened->value)) == sealed[9]);
}

}  // namespace ledger
