// No amount reads a personal value: what every model prints is the same whether these are in
// the open, sealed, or sealed and erased.
#include <catch2/catch.hpp>
#include <set>

#include "ledger/codec.h"
#include "ledger/erasure.h"
#include "ledger/log.h"
#include "ledger/sealed_persons.h"
#include "ledger/vault.h"
#include "projections/admission.h"
#include "projections/event_source.h"
#include "tests/support/printed_models.h"
#include "tests/support/random_history.h"
#include "tests/support/scratch.h"

namespace test {
namespace {

constexpr std::int64_t clock_ns = 1'893'456'000'000'000'000;  // 2030, after every history

// Some that the histories do not have: natural customers, phones, owners who follow each other.
std::vector<std::string> personal_events() {
  const auto event = [](const char* id, const char* type, const char* subject, const char* data) {
    return std::string(R"({"specversion":"1.0","id":")") + id +
           R"(","source":"test/persons","type":")" + type + R"(","subject":")" + subject +
           R"(","time":"2017-03-01T09:00:00+08:00","data":{)" + data + "}}";
  };
  return {
      event("1", "customer.registered", "customer/P1",
            R"("customer":"P1","name":"Personal-One","class":"taxi","phone":"Personal-Two")"),
      event("2", "customer.registered", "customer/P2",
            R"("customer":"P2","name":"A company","class":"enterprise","phone":"Personal-Three")"),
      event("3", "vehicle.registered", "vehicle/LSVAA00000000P001",
            R"("vin":"LSVAA00000000P001","plate":"Personal-Four","owner":"Personal-Five")"),
      event("4", "vehicle.transferred", "vehicle/LSVAA00000000P001",
            R"("vin":"LSVAA00000000P001","to_owner":"Personal-Six")"),
      event("5", "dealer.manager_assigned", "dealer/P",
            R"("dealer":"P","person":"Personal-Seven")"),
      event("6", "dealer.manager_removed", "dealer/P", R"("dealer":"P","person":"Personal-Seven")"),
  };
}

std::unique_ptr<ledger::Log> filled(const std::filesystem::path& directory,
                                    const std::vector<std::string>& lines,
                                    const std::optional<ledger::VaultKey>& key) {
  REQUIRE(ledger::Log::create(directory, "tally.test/models", key));
  ledger::Log::Options options;
  options.admission = projections::admission();
  options.now_ns = [] { return clock_ns; };
  options.vault_key = key;
  auto log = ledger::Log::open(directory, std::move(options));
  REQUIRE(log);
  ledger::Encoder encoder;
  ledger::Batch batch;
  for (const auto& line : lines) REQUIRE_FALSE(encoder.add(line, batch));
  const auto appended = (*log)->append(batch);
  if (!appended) FAIL(appended.error().message.en);
  return *std::move(log);
}

PrintedModels models_of(const ledger::Log& log, const projections::Cut& cut) {
  const auto reader = log.reader();
  return print_all(projections::LogSource(reader), cut, 1);
}

}  // namespace

TEST_CASE("amounts and all read models are the same plain, sealed and erased") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U);
  CAPTURE(seed);
  auto lines = random_history(seed, 90);
  const auto persons = personal_events();
  lines.insert(lines.end(), persons.begin(), persons.end());
  const projections::Cut then{lines.size(), std::nullopt};
  const Scratch scratch;
  const auto plain = models_of(*filled(scratch.path() / "plain", lines, std::nullopt), then);
  const auto log = filled(scratch.path() / "sealed", lines, ledger::VaultKey{});
  CHECK(models_of(*log, then) == plain);
  for (const auto& [model, rows] : plain) {
    for (const auto& row : rows) CHECK(row.find("Personal-") == std::string::npos);
  }

  const auto sealed = ledger::sealed_persons(log->reader(), log->vault(), "");
  REQUIRE(sealed);
  REQUIRE(sealed->size() >= persons.size() - 1);  // one manager in two events
  ledger::ErasureRequest request{{}, "everyone", "", clock_ns};
  for (const auto& [person, what] : *sealed) request.persons.push_back(person);
  const auto erased = ledger::erase(*log, request);
  if (!erased) FAIL(erased.error().message.en);
  CHECK(models_of(*log, then) == plain);
  CHECK(models_of(*log, {}) == plain);
}

}  // namespace test
