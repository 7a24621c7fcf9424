// A ledger that seals: what is stored, what comes out with the vault and without.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <map>

#include "ledger/backup.h"
#include "ledger/catalogue.h"
#include "ledger/codec.h"
#include "ledger/open_ledger.h"
#include "ledger/personal_field.h"
#include "ledger/sealed_audit.h"
#include "ledger/sealed_persons.h"
#include "ledger/stored_field.h"
#include "ledger/unsealer.h"
#include "ledger/verify.h"
#include "tests/ledger/sample_line.h"
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

const VaultKey vault_key = test::sample_vault_key();

// The values of the fields that the schema calls personal, of one event.
std::map<std::string, std::string> personal_values(const Entry& entry) {
  std::map<std::string, std::string> values;
  const auto& rule = *catalogue().find(entry.type());
  for (const auto& field : rule.fields) {
    if (field.storage != Storage::personal) continue;
    const auto* value = pointer_in<schema::Personal>(payload_table(*entry.event), field);
    if (value == nullptr || !names_person(*entry.event, rule, field)) continue;
    values[std::string(field.name)] = value->text() == nullptr ? "" : value->text()->str();
  }
  return values;
}

}  // namespace

TEST_CASE("every field that the schema calls personal is stored sealed, and opens again") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  std::vector<std::string> lines;
  std::size_t fields = 0;
  for (const auto& rule : catalogue().events()) {
    for (const auto& field : rule.fields) fields += field.storage == Storage::personal ? 1 : 0;
    for (std::size_t value = 0; value < 6; ++value) {
      auto one = test::sample_line(rule, {true, value % 2 == 0, 0, value});
      // Each line is an event of its own, and its personal texts are found nowhere else.
      const auto id = R"("id":"e-)" + std::to_string(static_cast<int>(rule.type)) + "\"";
      one.replace(one.find(id), id.size(),
                  R"("id":")" + std::string(rule.name) + std::to_string(value) + "\"");
      // Nobody signed them, and `verify` would say so.
      if (const auto author = one.find(R"(,"authorkey")"); author != std::string::npos) {
        one.erase(author, one.find(R"(,"data")") - author);
      }
      lines.push_back(std::move(one));
    }
  }
  REQUIRE(fields >= 7);
  Batch batch;
  for (const auto& one : lines) test::add_line(batch, one);
  std::vector<std::map<std::string, std::string>> plain;
  for (std::size_t at = 0; at < batch.count(); ++at) {
    plain.push_back(personal_values(value_of(decode(Sequence{at}, batch.entry(at)))));
  }
  {
    const auto log = sealed_log(directory);
    REQUIRE(log->append(batch));
    std::size_t at = 0;
    std::size_t sealed = 0;
    Unsealer unsealer(*log->vault(), log->reader());
    REQUIRE(log->reader().scan({}, [&](const Entry& stored) -> Status {
      CHECK(decode(stored.index, stored.bytes));
      const auto& rule = *catalogue().find(stored.type());
      for (const auto& field : rule.fields) {
        if (field.storage != Storage::personal) continue;
        const auto* value = pointer_in<schema::Personal>(payload_table(*stored.event), field);
        if (value == nullptr) continue;
        CAPTURE(rule.name, field.name);
        const bool wanted = names_person(*stored.event, rule, field);
        CHECK((value->form() == schema::PersonalForm::sealed) == wanted);
        CHECK((value->text() == nullptr) == wanted);
        sealed += wanted ? 1 : 0;
      }
      const auto opened = TRY(unsealer.open(stored));
      CHECK(decode(opened.index, opened.bytes));
      CHECK(personal_values(opened) == plain[at++]);
      return Ok{};
    }));
    CHECK(at == lines.size());
    CHECK(sealed > fields);
  }
  CHECK(value_of(verify(directory, {})).differences == 0);
}

TEST_CASE("opened, a sealed event is byte for byte what a plain ledger holds") {
  const Scratch scratch;
  const std::vector<std::string> lines{taxi("1", "C1", "张三", "13800138000"),
                                       registration("2", "李四", "沪A·12345"),
                                       manager("3", "assigned", "王五")};
  const auto plain_log = test::open_log(scratch.path() / "plain", {{}, test::ticking_clock()});
  REQUIRE(append(*plain_log, lines));
  const auto log = sealed_log(scratch.path() / "sealed");
  REQUIRE(append(*log, lines));
  std::vector<std::string> plain;
  REQUIRE(plain_log->reader().scan({}, [&](const Entry& entry) -> Status {
    plain.emplace_back(text_of(entry.bytes));
    return Ok{};
  }));
  Unsealer unsealer(*log->vault(), log->reader());
  REQUIRE(log->reader().scan({}, [&](const Entry& entry) -> Status {
    const auto opened = TRY(unsealer.open(entry));
    CHECK(text_of(opened.bytes) == plain[entry.index.value]);
    CHECK(text_of(entry.bytes) != plain[entry.index.value]);
    return Ok{};
  }));
}

TEST_CASE("without the vault's key a sealed ledger can be read, and not written") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  REQUIRE(append(*sealed_log(directory), {taxi("1", "C1", "张三", "13800138000")}));
  const auto refused = Log::open(directory, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unavailable);
  CHECK(refused.error().message.en.find("TALLY_VAULT_KEY_FILE") != std::string::npos);

  const auto reader = value_of(Reader::open(directory));
  REQUIRE(reader.is_sealed());
  const auto line = shown(reader, nullptr).at(0);
  const auto data = boost::json::parse(line).at("data").as_object();
  CHECK(data.at("name").at("sealed").as_string() == "customer/C1");
  CHECK(data.at("phone").at("sha256").as_string().size() == 64);
  CHECK(data.at("class").as_string() == "taxi");
  CHECK(reader.vault({}).error().code == ErrorCode::unavailable);
  CHECK(reader.vault(VaultKey{}).error().code == ErrorCode::unavailable);
  const auto vault = value_of(reader.vault(vault_key));
  CHECK(shown(reader, vault.get()).at(0).find("13800138000") != std::string::npos);
  // Somebody else's vault, or none.
  fs::rename(LedgerPaths(directory).vault, scratch.path() / "away");
  CHECK(reader.vault(vault_key).error().code == ErrorCode::unavailable);
}

TEST_CASE("an organisation's name stays in the open, its phone does not") {
  const Scratch scratch;
  const auto log = sealed_log(scratch.path() / "ledger");
  REQUIRE(append(
      *log, {test::event_line("1", "customer.registered", "customer/C2",
                              R"("customer":"C2","name":"大众租赁","class":"rental_or_school",)"
                              R"("phone":"02112345678")")}));
  const auto text = shown(log->reader(), nullptr).at(0);
  CHECK(text.find("大众租赁") != std::string::npos);
  CHECK(text.find("02112345678") == std::string::npos);
}

TEST_CASE("the same event again is known, another value is a conflict") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const std::vector<std::string> lines{taxi("1", "C1", "张三", "13800138000"),
                                       registration("2", "李四", "沪A·12345"),
                                       manager("3", "assigned", "王五")};
  // In one batch, on its way, and from the disk.
  {
    const auto log = sealed_log(directory);
    auto twice = lines;
    twice.insert(twice.end(), lines.begin(), lines.end());
    CHECK(value_of(append(*log, twice)).added == 3);
    CHECK(value_of(append(*log, lines)).added == 0);
  }
  const auto log = sealed_log(directory);
  CHECK(value_of(append(*log, lines)).added == 0);
  for (const auto& other :
       {taxi("1", "C1", "张四", "13800138000"), taxi("1", "C1", "张三", "13800138001"),
        registration("2", "李四", "沪A·12346"), registration("2", "李五", "沪A·12345"),
        manager("3", "assigned", "王六")}) {
    CAPTURE(other);
    CHECK(append(*log, {other}).error().code == ErrorCode::conflict);
  }
  CHECK(log->size() == TreeSize{3});
}

TEST_CASE(
    "persons: a customer is one, each registration has an owner, a manager is known by name") {
  const Scratch scratch;
  const auto log = sealed_log(scratch.path() / "ledger");
  REQUIRE(append(*log, {taxi("1", "C1", "张三", "138"), taxi("2", "C1", "张三丰", "139"),
                        registration("3", "李四", "沪A·1"), registration("4", "李四", "沪A·1"),
                        manager("5", "assigned", "王五"), manager("6", "assigned", "赵六")}));
  REQUIRE(append(*log, {manager("7", "removed", "王五"), taxi("8", "C2", "张三", "138")}));
  const auto reader = log->reader();
  CHECK(person_in(reader, 0) == "customer/C1");
  CHECK(person_in(reader, 1) == "customer/C1");
  CHECK(person_in(reader, 2) == "owner/LSVAA000000000042/2");
  CHECK(person_in(reader, 3) == "owner/LSVAA000000000042/3");
  CHECK(person_in(reader, 4).starts_with("manager/D001/"));
  CHECK(person_in(reader, 4).find("王五") == std::string::npos);
  CHECK(person_in(reader, 5) != person_in(reader, 4));
  CHECK(person_in(reader, 6) == person_in(reader, 4));
  CHECK(person_in(reader, 7) == "customer/C2");
  const auto persons = value_of(sealed_persons(reader, log->vault(), "customer/C1"));
  REQUIRE(persons.size() == 1);
  CHECK(persons.at("customer/C1").fields == 4);
}

TEST_CASE("a refused batch leaves no keys and no digests of its own") {
  const Scratch scratch;
  const auto log = sealed_log(scratch.path() / "ledger");
  REQUIRE(append(*log, {taxi("1", "C1", "张三", "138")}));
  CHECK_FALSE(append(*log, {registration("2", "李四", "沪A·1"), taxi("1", "C1", "李四", "138")}));
  CHECK(value_of(log->vault()->find("owner/LSVAA000000000042/1")).state == Person::State::unknown);
  REQUIRE(append(*log, {registration("3", "王五", "沪A·2")}));
  CHECK(person_in(log->reader(), 1) == "owner/LSVAA000000000042/1");
  CHECK(value_of(append(*log, {registration("3", "王五", "沪A·2")})).added == 0);
}

TEST_CASE("a backup of the log has no keys; restored, it reads sealed and asks for the vault") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  REQUIRE(append(*sealed_log(directory), {taxi("1", "C1", "Zhang-San-Secret", "138")}));
  value_of(back_up(directory, scratch.path() / "backups", {}));
  CHECK(test::files_with({scratch.path() / "backups"}, "keyring").empty());
  for (const auto& file : fs::recursive_directory_iterator(scratch.path() / "backups")) {
    CHECK(file.path().filename() != "keyring");
  }
  const auto restored = scratch.path() / "restored";
  value_of(restore(scratch.path() / "backups", restored, {}));
  const auto reader = value_of(Reader::open(restored));
  REQUIRE(reader.is_sealed());
  CHECK(shown(reader, nullptr)[0].find("Zhang-San-Secret") == std::string::npos);
  CHECK(reader.vault(vault_key).error().code == ErrorCode::unavailable);
  fs::copy(LedgerPaths(directory).vault, LedgerPaths(restored).vault, fs::copy_options::recursive);
  const auto vault = value_of(reader.vault(vault_key));
  CHECK(shown(reader, vault.get())[0].find("Zhang-San-Secret") != std::string::npos);
}

TEST_CASE("the longest values that an event may have can be sealed") {
  const Scratch scratch;
  const auto log = sealed_log(scratch.path() / "ledger");
  const auto longest = std::string(4'096, 'x');
  std::vector<std::string> lines;
  lines.reserve(100);
  for (int number = 0; number < 100; ++number) {
    lines.push_back(registration("r" + std::to_string(number), longest, longest));
  }
  CHECK(value_of(append(*log, lines)).added == 100);
  CHECK(value_of(audit_sealed(log->reader(), *log->vault())).opened == 200);
}

}  // namespace ledger
