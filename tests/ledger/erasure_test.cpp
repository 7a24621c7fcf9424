// Persons erased: what is left of them, in the log, in the vault and in the files.
#include "ledger/erasure.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstring>

#include "ledger/catalogue.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/open_ledger.h"
#include "ledger/sealed_audit.h"
#include "ledger/stored_field.h"
#include "ledger/unsealer.h"
#include "ledger/verify.h"
#include "tests/ledger/sealed_sample.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using test::append;
using test::manager;
using test::person_in;
using test::registration;
using ::test::Scratch;
using test::sealed_log;
using test::shown;
using test::taxi;
using test::value_of;

constexpr std::int64_t erased_ns = 1'500'000'000'000'000'000;

Verification verified(const fs::path& directory) {
  return value_of(verify(directory, {}));
}

Result<std::vector<Erasure>> erase_one(Log& log, const std::string& person) {
  return erase(log, {{person}, "asked for", "officer", erased_ns});
}

}  // namespace

TEST_CASE("an erased person is shown by nothing, and nothing else changes") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const std::vector<std::string> lines{
      taxi("1", "C1", "张三", "13800138000"), taxi("2", "C10", "李四", "13900139000"),
      registration("3", "王五", "沪A·12345"), registration("4", "赵六", "沪A·54321")};
  auto log = sealed_log(directory);
  REQUIRE(append(*log, lines));
  const auto before = shown(log->reader(), log->vault());
  const auto root_before = value_of(log->reader().at({4}).root());

  const auto erasures = value_of(erase_one(*log, "owner/LSVAA000000000042/2"));
  REQUIRE(erasures.size() == 1);
  CHECK(erasures[0].fields == 2);
  CHECK(erasures[0].index == Sequence{4});
  const auto check = [&](const Reader& reader, const Vault& vault) {
    const auto after = shown(reader, &vault);
    REQUIRE(after.size() == 5);
    for (const auto kept : {std::size_t{0}, std::size_t{1}, std::size_t{3}})
      CHECK(after[kept] == before[kept]);
    CHECK(after[2].find("王五") == std::string::npos);
    CHECK(after[2].find(R"("owner":{"sealed":"owner/LSVAA000000000042/2")") != std::string::npos);
    const auto event = boost::json::parse(after[4]).as_object();
    CHECK(event.at("type").as_string() == "person.erased");
    CHECK(event.at("subject").as_string() == "person/owner/LSVAA000000000042/2");
    CHECK(event.at("data").at("fields").as_int64() == 2);
    CHECK(event.at("data").at("reason").as_string() == "asked for");
    CHECK(event.at("actor").as_string() == "officer");
    CHECK(value_of(reader.at({4}).root()) == root_before);
    const auto audit = value_of(audit_sealed(reader, vault));
    CHECK(audit.findings.empty());
    CHECK(audit.sealed == 8);
    CHECK(audit.opened == 6);
    CHECK(audit.erased == 2);
  };
  check(log->reader(), *log->vault());
  log.reset();
  CHECK(verified(directory).differences == 0);
  log = sealed_log(directory);
  check(log->reader(), *log->vault());

  // Again it is the same erasure; the event again is known, whatever value it brings, and
  // brings nothing back.
  const auto again = value_of(erase_one(*log, "owner/LSVAA000000000042/2"));
  CHECK(again[0].repeated);
  CHECK(again[0].index == Sequence{4});
  CHECK(value_of(append(*log, lines)).added == 0);
  CHECK(value_of(append(*log, {registration("3", "别人", "沪A·12345")})).added == 0);
  CHECK(append(*log, {registration("4", "别人", "沪A·54321")}).error().code == ErrorCode::conflict);
  check(log->reader(), *log->vault());
}

TEST_CASE("nothing is kept again of an erased customer; an erased manager who returns is another") {
  const Scratch scratch;
  const auto log = sealed_log(scratch.path() / "ledger");
  REQUIRE(append(*log, {taxi("1", "C1", "张三", "138"), manager("2", "assigned", "王五")}));
  const auto first_manager = person_in(log->reader(), 1);
  REQUIRE(erase(*log, {{"customer/C1", first_manager}, "asked for", "", erased_ns}));
  const auto refused = append(*log, {taxi("9", "C1", "张三", "138")});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::invalid);
  CHECK(refused.error().message.en.find("张三") == std::string::npos);
  CHECK(value_of(append(*log, {manager("3", "assigned", "王五")})).added == 1);
  CHECK(person_in(log->reader(), 4).starts_with("manager/D001/"));
  CHECK(person_in(log->reader(), 4) != first_manager);
}

TEST_CASE("what cannot be erased is refused and nothing is done") {
  const Scratch scratch;
  const auto log = sealed_log(scratch.path() / "ledger");
  REQUIRE(append(*log, {taxi("1", "C1", "张三", "138")}));
  CHECK(erase_one(*log, "customer/C2").error().code == ErrorCode::invalid);
  CHECK(erase(*log, {{"customer/C1", "customer/C2"}, "asked for", "", erased_ns}).error().code ==
        ErrorCode::invalid);
  CHECK(erase(*log, {{"customer/C1"}, "", "", erased_ns}).error().code == ErrorCode::invalid);
  CHECK(erase(*log, {{"customer/C1"}, std::string(5'000, 'x'), "", erased_ns}).error().code ==
        ErrorCode::invalid);
  CHECK(log->size() == TreeSize{1});
  CHECK(value_of(log->vault()->find("customer/C1")).state == Person::State::live);
  const auto plain = test::open_log(scratch.path() / "plain");
  CHECK(erase_one(*plain, "customer/C1").error().code == ErrorCode::invalid);
}

TEST_CASE("an erasure that was cut off after the keys is completed by the same request") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  auto log = sealed_log(directory);
  REQUIRE(append(*log, {taxi("1", "C1", "张三", "138")}));
  REQUIRE(log->vault()->destroy({"customer/C1"}));
  log.reset();
  log = sealed_log(directory);
  // Gone is gone, recorded or not.
  CHECK(append(*log, {taxi("2", "C1", "张三", "138")}).error().code == ErrorCode::invalid);
  CHECK(value_of(audit_sealed(log->reader(), *log->vault())).findings.size() == 1);
  const auto erasures = value_of(erase_one(*log, "customer/C1"));
  CHECK_FALSE(erasures[0].repeated);
  CHECK(erasures[0].fields == 2);
  CHECK(value_of(audit_sealed(log->reader(), *log->vault())).findings.empty());
}

TEST_CASE("an old copy of the vault brings nobody back, and is told") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto vault = LedgerPaths(directory).vault;
  REQUIRE(append(*sealed_log(directory),
                 {taxi("1", "C1", "张三", "138"), manager("2", "assigned", "王五")}));
  fs::copy(vault, scratch.path() / "old", fs::copy_options::recursive);
  REQUIRE(erase_one(*sealed_log(directory), "customer/C1"));
  REQUIRE(append(*sealed_log(directory), {taxi("3", "C3", "赵六", "139")}));
  fs::remove_all(vault);
  fs::rename(scratch.path() / "old", vault);

  const auto log = sealed_log(directory);
  const auto lines = shown(log->reader(), log->vault());
  CHECK(lines[0].find("张三") == std::string::npos);
  CHECK(lines[1].find("王五") != std::string::npos);
  CHECK(append(*log, {taxi("4", "C1", "张三", "138")}).error().code == ErrorCode::invalid);
  const auto audit = value_of(audit_sealed(log->reader(), *log->vault()));
  REQUIRE(audit.findings.size() == 2);  // the key that is back, and the one that is not there
  CHECK(audit.findings[0].found.en.find("older copy") != std::string::npos);
  const auto erasures = value_of(erase_one(*log, "customer/C1"));
  CHECK(erasures[0].repeated);
  CHECK(value_of(log->vault()->find("customer/C1")).state == Person::State::erased);
  CHECK(value_of(audit_sealed(log->reader(), *log->vault())).findings.size() == 1);
}

TEST_CASE("no file of a sealed ledger or its vault ever holds a personal value") {
  const Scratch scratch;
  const std::vector<std::string> lines{taxi("1", "C1", "Zhang-San-Secret", "13800138000"),
                                       registration("2", "Li-Si-Secret", "SECRET-PLATE"),
                                       manager("3", "assigned", "Wang-Wu-Secret")};
  const std::vector<std::string> secrets{"Zhang-San-Secret", "13800138000", "Li-Si-Secret",
                                         "SECRET-PLATE", "Wang-Wu-Secret"};
  // The search finds what is there to be found.
  const auto plain = test::open_log(scratch.path() / "plain");
  REQUIRE(append(*plain, lines));
  for (const auto& secret : secrets) {
    CHECK_FALSE(test::files_with({scratch.path() / "plain"}, secret).empty());
  }
  const auto directory = scratch.path() / "ledger";
  const auto check = [&] {
    for (const auto& secret : secrets) {
      CAPTURE(secret);
      CHECK(test::files_with({directory, LedgerPaths(directory).vault}, secret).empty());
    }
  };
  auto log = sealed_log(directory);
  REQUIRE(append(*log, lines));
  check();  // in the write-ahead logs
  log.reset();
  check();  // in the tables
  log = sealed_log(directory);
  REQUIRE(erase(*log, {{"customer/C1"}, "asked for", "", erased_ns}));
  log.reset();
  check();
}

TEST_CASE("once a person is erased their wrapped keys are in no file") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto vault = LedgerPaths(directory).vault;
  auto log = sealed_log(directory);
  REQUIRE(append(*log, {taxi("1", "C1", "张三", "138"), taxi("2", "C2", "李四", "139")}));
  const auto erased = value_of(log->vault()->row(person_key("customer/C1"))).value();
  const auto digest =
      value_of(log->vault()->row(digest_key("customer/C1", {Sequence{0}, 6}))).value();
  const auto other = value_of(log->vault()->row(person_key("customer/C2"))).value();
  const auto keyring = value_of(read_file(vault / "keyring"));
  CHECK_FALSE(test::files_with({vault}, erased).empty());
  CHECK_FALSE(test::files_with({vault}, digest).empty());
  REQUIRE(erase_one(*log, "customer/C1"));
  for (const bool closed : {false, true}) {
    if (closed) log.reset();
    for (const auto& bytes : {erased, digest, other, keyring}) {
      CHECK(test::files_with({vault, directory}, bytes).empty());
    }
  }
}

TEST_CASE("a changed value or record is found where the vault is there") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto log = sealed_log(directory);
  REQUIRE(append(*log, {registration("1", "张三", "沪A·1"), registration("2", "李四", "沪A·2")}));
  const auto reader = log->reader();
  std::string bytes;
  REQUIRE(reader.read(Sequence{0}, [&](const Entry& entry) -> Status {
    bytes = std::string(text_of(entry.bytes));
    return Ok{};
  }));
  Unsealer unsealer(*log->vault(), reader);
  const auto opens = [&](std::string altered) -> bool {
    std::vector<std::uint64_t> words(altered.size() / 8 + 1);
    std::memcpy(words.data(), altered.data(), altered.size());
    const auto entry = decode(Sequence{0}, std::as_bytes(std::span(words)).first(altered.size()));
    if (!entry) return false;
    return static_cast<bool>(unsealer.open(*entry));
  };
  REQUIRE(opens(bytes));
  // Every byte of both ciphertexts: nothing but GCM looks at these copies.
  std::size_t tried = 0;
  REQUIRE(reader.read(Sequence{0}, [&](const Entry& entry) -> Status {
    for (const auto& field : catalogue().find(entry.type())->fields) {
      if (field.storage != Storage::personal) continue;
      const auto* value = pointer_in<schema::Personal>(payload_table(*entry.event), field);
      const auto start = static_cast<std::size_t>(
          reinterpret_cast<const std::byte*>(value->ciphertext()->data()) - entry.bytes.data());
      for (std::size_t at = 0; at < value->ciphertext()->size(); ++at, ++tried) {
        auto altered = bytes;
        altered[start + at] = static_cast<char>(altered[start + at] ^ 1);
        CHECK_FALSE(opens(altered));
      }
    }
    return Ok{};
  }));
  CHECK(tried > 2 * cipher_overhead);

  // A record of the vault that another person's stands for.
  const auto other = value_of(log->vault()->row(person_key("owner/LSVAA000000000042/1"))).value();
  VaultRows rows;
  rows.put(person_key("owner/LSVAA000000000042/0"), other);
  REQUIRE(log->vault()->write(rows));
  const auto audit = value_of(audit_sealed(reader, *log->vault()));
  REQUIRE(audit.findings.size() == 1);
  CHECK(audit.findings[0].where == Finding::Where::file);
  CHECK(audit.opened == 2);
  // Keys of the right form that open nothing.
  rows = {};
  const Person wrong{Person::State::live, {}, {}};
  rows.put(person_key("owner/LSVAA000000000042/0"),
           log->vault()->value("owner/LSVAA000000000042/0", wrong));
  REQUIRE(log->vault()->write(rows));
  const auto again = value_of(audit_sealed(reader, *log->vault()));
  REQUIRE(again.findings.size() == 2);
  CHECK(again.findings[0].where == Finding::Where::entry);
  CHECK(again.findings[0].index == Sequence{0});
}

}  // namespace ledger
