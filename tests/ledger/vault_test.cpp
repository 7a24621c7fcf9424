// The vault by itself: its key, its cipher, its records, and destroying some of them.
#include "ledger/vault.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <vector>

#include "ledger/durable_file.h"
#include "ledger/finding.h"
#include "ledger/keyed_digest.h"
#include "ledger/random_bytes.h"
#include "tests/ledger/sample.h"
#include "tests/support/at_once.h"

namespace ledger {
namespace {

using ::test::Scratch;
using test::value_of;

constexpr std::string_view origin = "tally.test/vault";

CipherKey key_of(unsigned char byte) {
  CipherKey key;
  key.fill(std::byte{byte});
  return key;
}

std::string sealed(const CipherKey& key, std::string_view plain, std::string_view bound) {
  std::string out;
  encrypt(key, bytes_of(plain), bytes_of(bound), out);
  return out;
}

Person live_person() {
  return {Person::State::live, {random_bytes<32>(), random_bytes<32>()}, {}};
}

std::unique_ptr<Vault> made(const std::filesystem::path& directory, const VaultKey& key) {
  REQUIRE(Vault::create(directory, std::string(origin), key));
  return value_of(Vault::open(directory, std::string(origin), key, Vault::Mode::write));
}

void put(Vault& vault, const std::string& person, const Person& keys) {
  VaultRows rows;
  rows.put(person_key(person), vault.value(person, keys));
  rows.put(digest_key(person, {Sequence{7}, 4}), "digest of " + person);
  REQUIRE(vault.write(rows));
}

Person::State state_of(const Vault& vault, std::string_view person) {
  return value_of(vault.find(person)).state;
}

}  // namespace

TEST_CASE("what is encrypted opens under its key and binding, and under no other") {
  const auto plain = GENERATE(std::string(), std::string("张三"), std::string(5'000, 'x'));
  const auto key = key_of(1);
  const auto secret = sealed(key, plain, "here");
  CHECK(secret.size() == plain.size() + cipher_overhead);
  CHECK(sealed(key, plain, "here") != secret);
  CHECK(decrypt(key, bytes_of(secret), bytes_of("here")) == plain);
  CHECK_FALSE(decrypt(key_of(2), bytes_of(secret), bytes_of("here")));
  CHECK_FALSE(decrypt(key, bytes_of(secret), bytes_of("there")));
  CHECK_FALSE(decrypt(key, bytes_of(std::string_view(secret).substr(1)), bytes_of("here")));
}

TEST_CASE("a single flipped bit anywhere keeps a ciphertext shut") {
  const auto key = key_of(1);
  const auto secret = sealed(key, "13800138000", "here");
  for (std::size_t bit = 0; bit < secret.size() * 8; ++bit) {
    auto altered = secret;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << bit % 8));
    CHECK_FALSE(decrypt(key, bytes_of(altered), bytes_of("here")));
  }
}

TEST_CASE("a cut ciphertext of any length stays shut") {
  const auto secret = sealed(key_of(1), "x", "here");
  for (std::size_t size = 0; size < secret.size(); ++size) {
    CHECK_FALSE(decrypt(key_of(1), bytes_of(secret.substr(0, size)), bytes_of("here")));
  }
}

// By openssl's own program.
TEST_CASE("the keyed digest is HMAC-SHA-256") {
  // printf 'what do ya want for nothing?' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b…0b
  CHECK(hex_of(keyed_digest(key_of(0x0b), bytes_of("what do ya want for nothing?"))) ==
        "c3f2649c34ea24e4d62a2c7e868bbea0233c9d4c2cc300794db76aa18d6822d8");
}

TEST_CASE("a vault key is 64 hex digits in a file that only its owner may read") {
  const Scratch scratch;
  const auto file = scratch.path() / "vault.key";
  const auto made_key = value_of(make_vault_key(file));

  struct stat status {};

  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(value_of(read_vault_key(file)).bytes == made_key.bytes);
  CHECK(make_vault_key(file).error().code == ErrorCode::conflict);

  const auto mode = GENERATE(0640, 0604, 0620, 0610);
  REQUIRE(::chmod(file.c_str(), static_cast<mode_t>(mode)) == 0);
  const auto refused = read_vault_key(file);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unavailable);
  CHECK(refused.error().message.en.find("chmod 600") != std::string::npos);
}

TEST_CASE("of several that make a vault key in one file at once, one does", "[threads]") {
  for (int round = 0; round < 8; ++round) {
    const Scratch scratch;
    const auto file = scratch.path() / "vault.key";
    const auto made = ::test::at_once(8, [&](std::size_t) { return make_vault_key(file); });
    const auto kept = value_of(read_vault_key(file));
    int successes = 0;
    for (const auto& result : made) {
      if (result) {
        ++successes;
        CHECK(result->bytes == kept.bytes);
      } else {
        CHECK(result.error().code == ErrorCode::conflict);
      }
    }
    CHECK(successes == 1);
  }
}

TEST_CASE("text that is no vault key is refused and not repeated") {
  const auto text = GENERATE(std::string(), std::string(63, 'a'), std::string(65, 'a'),
                             std::string(64, 'G'), std::string(64, 'A'));
  const auto refused = parse_vault_key(text, "TALLY_VAULT_KEY");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.en.find("TALLY_VAULT_KEY") == 0);
  if (!text.empty()) CHECK(refused.error().message.en.find(text) == std::string::npos);
  CHECK(parse_vault_key(" " + std::string(64, 'a') + "\n", "there"));
}

TEST_CASE("a vault opens for its key and its ledger, and for nobody else") {
  const Scratch scratch;
  const auto directory = scratch.path() / "vault";
  const VaultKey key{key_of(1)};
  put(*made(directory, key), "customer/C1", live_person());
  const auto open = [&](std::string_view name, const VaultKey& with) {
    return Vault::open(directory, std::string(name), with, Vault::Mode::read);
  };
  CHECK(state_of(*value_of(open(origin, key)), "customer/C1") == Person::State::live);
  CHECK(state_of(*value_of(open(origin, key)), "customer/C2") == Person::State::unknown);
  CHECK(open(origin, VaultKey{key_of(2)}).error().code == ErrorCode::unavailable);
  CHECK(open("tally.test/other", key).error().code == ErrorCode::unavailable);
  CHECK(Vault::create(directory, std::string(origin), key).error().code == ErrorCode::conflict);
  const auto writer =
      value_of(Vault::open(directory, std::string(origin), key, Vault::Mode::write));
  CHECK(Vault::open(directory, std::string(origin), key, Vault::Mode::write).error().code ==
        ErrorCode::unavailable);
  std::filesystem::remove(directory / "keyring");
  CHECK(open(origin, key).error().code == ErrorCode::unavailable);
}

TEST_CASE("a damaged keyring or record is told, and opens nothing") {
  const Scratch scratch;
  const auto directory = scratch.path() / "vault";
  const VaultKey key{key_of(1)};
  auto vault = made(directory, key);
  put(*vault, "customer/C1", live_person());
  const auto value = value_of(vault->row(person_key("customer/C1"))).value();
  CHECK(vault->read("customer/C1", value));
  CHECK(vault->read("customer/C2", value).error().code == ErrorCode::corrupt);
  CHECK(vault->read("customer/C1", value.substr(1)).error().code == ErrorCode::corrupt);
  vault.reset();
  const auto keyring = value_of(read_file(directory / "keyring"));
  for (std::size_t at = 0; at < keyring.size(); ++at) {
    auto altered = keyring;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    REQUIRE(replace_file(directory / "keyring", altered, FileAccess::owner_only));
    CHECK_FALSE(Vault::open(directory, std::string(origin), key, Vault::Mode::read));
  }
}

TEST_CASE("destroying persons leaves the others, and none of the old files") {
  const Scratch scratch;
  const auto directory = scratch.path() / "vault";
  const VaultKey key{key_of(1)};
  auto vault = made(directory, key);
  const auto kept = live_person();
  auto named = live_person();
  named.name = keyed_digest(named.keys.comparing, bytes_of("王五"));
  put(*vault, "customer/C1", live_person());
  put(*vault, "customer/C10", kept);
  put(*vault, "manager/D1/00", named);
  const auto old_keyring = value_of(read_file(directory / "keyring"));
  REQUIRE(vault->destroy({"customer/C1", "owner/V/9"}));
  const auto check = [&](const Vault& now) {
    CHECK(state_of(now, "customer/C1") == Person::State::erased);
    CHECK(state_of(now, "owner/V/9") == Person::State::erased);
    CHECK(value_of(now.find("customer/C10")).keys.sealing == kept.keys.sealing);
    CHECK(value_of(now.find("manager/D1/00")).name == named.name);
    CHECK_FALSE(value_of(now.row(digest_key("customer/C1", {Sequence{7}, 4}))));
    CHECK(value_of(now.row(digest_key("customer/C10", {Sequence{7}, 4}))) ==
          "digest of customer/C10");
  };
  check(*vault);
  put(*vault, "customer/C3", live_person());
  vault.reset();
  vault = value_of(Vault::open(directory, std::string(origin), key, Vault::Mode::write));
  check(*vault);
  CHECK(state_of(*vault, "customer/C3") == Person::State::live);
  CHECK_FALSE(std::filesystem::exists(directory / "records-1"));
  // The old key-encryption key opens nothing that is left.
  vault.reset();
  REQUIRE(replace_file(directory / "keyring", old_keyring, FileAccess::owner_only));
  CHECK_FALSE(Vault::open(directory, std::string(origin), key, Vault::Mode::read));
}

TEST_CASE("a destruction that never got its keyring is cleared away") {
  const Scratch scratch;
  const auto directory = scratch.path() / "vault";
  const VaultKey key{key_of(1)};
  put(*made(directory, key), "customer/C1", live_person());
  value_of(VaultStore::open(directory / "records-2", VaultStore::Mode::create));
  const auto vault = value_of(Vault::open(directory, std::string(origin), key, Vault::Mode::write));
  CHECK(state_of(*vault, "customer/C1") == Person::State::live);
  CHECK_FALSE(std::filesystem::exists(directory / "records-2"));
  REQUIRE(vault->destroy({"customer/C1"}));
}

TEST_CASE("rows on their way can be taken back to a mark") {
  VaultRows rows;
  rows.put("b", "1");
  const auto mark = rows.mark();
  rows.put("a", "2");
  rows.put("c", "3");
  rows.shrink_to(mark);
  CHECK(rows.rows() == VaultRows::Rows{{"b", "1"}});
  rows.put("a", "4");
  CHECK(rows.rows().at("a") == "4");
}

}  // namespace ledger
