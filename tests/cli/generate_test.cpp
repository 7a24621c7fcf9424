// Generated histories: repeatable, exact in length, and nothing in them is refused.
#include <catch2/catch.hpp>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cli/generate/city.h"
#include "cli/generate/history.h"
#include "cli/generate/identifier.h"
#include "ledger/codec.h"
#include "projections/policy/pack.h"

namespace cli::generate {
namespace {

namespace schema = ledger::schema;

std::vector<std::string> lines_of(std::uint64_t events, std::uint64_t seed) {
  std::vector<std::string> lines;
  generate_history({events, seed}, [&](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

// FNV-1a over lines, so that bytes can be pinned without being kept.
std::uint64_t fingerprint(std::string_view line, std::uint64_t hash) {
  for (const char byte : line) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  }
  return hash;
}

// Takes a history apart as an importer would, and remembers what it saw.
class Importer {
 public:
  void read(std::string_view line) {
    batch_.clear();
    const auto refusal = encoder_.add(line, batch_);
    CAPTURE(std::string(line));
    if (refusal) FAIL(refusal->message().en);
    const auto entry = ledger::decode(ledger::Sequence{lines_}, batch_.entry(0));
    if (!entry) FAIL(entry.error().message.en);
    ++lines_;
    stored_bytes_ += batch_.byte_count();
    types_.insert(entry->type());
    remember(*entry->event);
    if (entry->type() == ledger::EventType::EventVoided) {
      check_target(entry->payload<schema::EventVoided>());
    }
    if (entry->type() == ledger::EventType::PolicyPublished) {
      check_pack(entry->payload<schema::PolicyPublished>());
    }
  }

  const std::set<ledger::EventType>& types() const { return types_; }

  std::uint64_t bytes_per_event() const { return stored_bytes_ / lines_; }

 private:
  static std::string name(std::string_view source, std::string_view id) {
    return std::string(source).append("#").append(id);
  }

  void remember(const schema::Event& event) {
    const auto key = name(event.source()->string_view(), event.id()->string_view());
    if (!seen_.emplace(key, static_cast<ledger::EventType>(event.type())).second) {
      FAIL(key << " comes twice");
    }
    if (event.recorded()->ns() < event.time()->ns()) FAIL(key << " is recorded too early");
  }

  void check_target(const schema::EventVoided& voided) {
    const auto found =
        seen_.find(name(voided.target_source()->string_view(), voided.target_id()->string_view()));
    if (found == seen_.end()) FAIL("a void comes before its target");
    CHECK(found->second != ledger::EventType::PolicyPublished);
    CHECK(found->second != ledger::EventType::EventVoided);
  }

  static void check_pack(const schema::PolicyPublished& published) {
    const auto pack = projections::policy::parse_pack(published.document()->string_view());
    if (!pack) FAIL(pack.error().message.en);
    CHECK(pack->policy == published.policy()->string_view());
    CHECK(pack->version == published.version());
  }

  ledger::Encoder encoder_;
  ledger::Batch batch_;
  std::unordered_map<std::string, ledger::EventType> seen_;
  std::set<ledger::EventType> types_;
  std::uint64_t lines_{};
  std::uint64_t stored_bytes_{};
};

bool of_everyday(std::string_view type) {
  return type.substr(0, 4) != "key." && type.substr(0, 7) != "person." &&
         type.substr(0, 7) != "replay.";
}

// Both written again from the standards, to share nothing with what they check.
bool vin_adds_up(std::string_view vin) {
  constexpr std::string_view letters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
  constexpr std::string_view worth = "012345678912345678123457923456789";
  constexpr std::string_view weights = "8765432A098765432";
  int sum = 0;
  for (std::size_t i = 0; i < vin.size(); ++i) {
    const auto place = letters.find(vin[i]);
    if (vin.size() != 17 || place == std::string_view::npos) return false;
    sum += (weights[i] == 'A' ? 10 : weights[i] - '0') * (worth[place] - '0');
  }
  return vin[8] == (sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11));
}

bool uscc_adds_up(std::string_view uscc) {
  constexpr std::string_view letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::size_t sum = letters.find(uscc.back());
  std::size_t weight = 1;  // the powers of three, modulo 31
  for (const char letter : uscc.substr(0, 17)) {
    const auto place = letters.find(letter);
    if (uscc.size() != 18 || place == std::string_view::npos) return false;
    sum += weight * place;
    weight = weight * 3 % 31;
  }
  return sum % 31 == 0;
}

}  // namespace

TEST_CASE("a history has exactly as many events as were asked for") {
  const auto events = GENERATE(0U, 1U, 2U, 2'499U, 7'777U, 30'000U);
  CHECK(lines_of(events, 1).size() == events);
}

TEST_CASE("a longer history starts with every shorter one") {
  const auto longest = lines_of(40'000, 3);
  const auto events = GENERATE(1U, 100U, 2'700U, 20'000U);
  const auto shorter = lines_of(events, 3);
  CHECK(std::equal(shorter.begin(), shorter.end(), longest.begin()));
}

TEST_CASE("another seed tells another history") {
  CHECK(lines_of(500, 1) != lines_of(500, 2));
}

// Pinned so that another compiler, another machine and tomorrow's change are noticed. The
// packs are left out: their words may change without the history being another.
TEST_CASE("one seed gives the same bytes everywhere") {
  std::uint64_t hash = 0xCBF29CE484222325U;
  generate_history({50'000, 7}, [&](std::string_view line) {
    if (line.find("policy.published") == std::string_view::npos) hash = fingerprint(line, hash);
  });
  CHECK(hash == 0x6019BED3674C356CU);
}

TEST_CASE("no event is refused and every type of event occurs") {
  const auto seed = GENERATE(0U, 1U, 20'171'130U);
  CAPTURE(seed);
  Importer importer;
  generate_history({200'000, seed}, [&](std::string_view line) { importer.read(line); });

  for (const auto type : schema::EnumValuesPayload()) {
    const auto name = ledger::type_name(type);
    if (type == ledger::EventType::NONE || !of_everyday(name)) continue;
    CAPTURE(std::string(name));
    CHECK(importer.types().count(type) == 1);
  }
  CHECK(importer.bytes_per_event() > 220);
  CHECK(importer.bytes_per_event() < 340);
}

TEST_CASE("a long history holds no more in memory than a short one") {
  const auto ignore = [](std::string_view) {};
  const auto summary = generate_history({1'000'000, 5}, ignore);
  CHECK(summary.areas > 15);
  CHECK(summary.events_held_max < 100'000);
  CHECK(summary.bytes_held_max < 40'000'000);
}

TEST_CASE("generated VINs carry the check digit of GB 16735") {
  CHECK(vin_adds_up("LSJA24U62JG269225"));
  CHECK(vin_adds_up("1M8GDM9AXKP042788"));
  CHECK_FALSE(vin_adds_up("LSJA24U63JG269225"));
  for (std::int64_t number = 1; number < 40'000'000; number += 999'983) {
    const auto text = vin(number, 2017 + static_cast<int>(number % 2));
    CAPTURE(std::string(std::string_view(text)));
    CHECK(vin_adds_up(text));
  }
  CHECK(std::string_view(vin(1'000'001, 2017)) != std::string_view(vin(1, 2017)));
}

TEST_CASE("generated credit codes carry the check digit of GB 32100") {
  CHECK(uscc_adds_up("91110000600037341L"));
  CHECK_FALSE(uscc_adds_up("91110000600037342L"));
  for (std::int64_t number = 1; number < 2'000; ++number) {
    const auto text = uscc(number, city(number), number % 7 == 0);
    CAPTURE(std::string(std::string_view(text)));
    CHECK(uscc_adds_up(text));
  }
}

}  // namespace cli::generate
