// Every event that mentions an id is in the proof of that id, and no proof holds without it:
// told by looking for the id in the text of the exported events.
#include "ledger/mention_index.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <set>

#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/mention.h"
#include "ledger/mention_builder.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"
#include "tests/ledger/sample.h"
#include "tests/support/random_history.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using test::open_log;
using ::test::Scratch;
using test::value_of;

// Fields of data that hold ids, as the catalogue of events lists them.
const std::set<std::string_view> id_fields{
    "filing",       "dealer",        "customer",  "project",    "policy",     "to_dealer",
    "related",      "order",         "agreement", "vin",        "vins",       "invoice",
    "uscc",         "party_uscc",    "clawback",  "settlement", "findings",   "finding",
    "bill",         "rebate",        "complaint", "orders",     "inspection", "penalty",
    "appeal",       "customer_code", "activity",  "key",        "target_id",  "owner_uscc",
    "to_owner_uscc"};

struct Exported {
  std::vector<std::string> data;      // the text of each event's data
  std::vector<std::string> subjects;  // the key of its subject
  std::set<std::string> ids;
  std::size_t sealed_values = 0;
};

// The person of a sealed value is an id as well, whatever the field.
std::optional<std::string> sealed_person(const boost::json::value& value) {
  const auto* const object = value.if_object();
  if (object == nullptr || !object->contains("sealed")) return std::nullopt;
  return std::string(object->at("sealed").as_string());
}

void collect(const boost::json::value& value, std::set<std::string>& ids) {
  if (value.is_string()) ids.emplace(value.as_string());
  if (!value.is_array()) return;
  for (const auto& element : value.as_array()) collect(element, ids);
}

Exported exported(const Reader& view) {
  Exported all;
  const auto status = view.scan({}, [&](const Entry& entry) -> Status {
    std::string line;
    append_json(entry, line);
    const auto event = boost::json::parse(line).as_object();
    const std::string subject(event.at("subject").as_string());
    all.subjects.push_back(subject.substr(subject.find('/') + 1));
    all.ids.insert(all.subjects.back());
    for (const auto& [name, value] : event.at("data").as_object()) {
      if (id_fields.contains(std::string_view(name))) collect(value, all.ids);
      if (auto person = sealed_person(value)) {
        ++all.sealed_values;
        all.ids.insert(*std::move(person));
      }
    }
    all.data.push_back(boost::json::serialize(event.at("data")));
    return Ok{};
  });
  REQUIRE(status);
  return all;
}

std::vector<Sequence> found_in_text(const Exported& all, const std::string& id) {
  std::vector<Sequence> indexes;
  const auto quoted = boost::json::serialize(boost::json::string(id));
  for (std::size_t index = 0; index < all.data.size(); ++index) {
    if (all.subjects[index] == id || all.data[index].find(quoted) != std::string::npos) {
      indexes.push_back(Sequence{index});
    }
  }
  return indexes;
}

void append_lines(Log& log, const std::vector<std::string>& lines, std::size_t begin,
                  std::size_t end) {
  Batch batch;
  for (auto at = begin; at < end; ++at) test::add_line(batch, lines[at]);
  if (!batch.empty()) value_of(log.append(batch));
}

proof::MentionStatement sign(const fs::path& directory, Log& log) {
  value_of(log.sign_checkpoint());
  const auto reader = log.reader();
  return value_of(open_mentions(value_of(sign_mentions(directory, reader, {})), reader));
}

// The root of the map over the view, from its entries and nothing else.
Hash recomputed(const Reader& view) {
  proof::MentionMap map;
  REQUIRE(view.scan({}, [&](const Entry& entry) -> Status {
    for (const auto id : mentions_of(entry)) map.add(id, entry.index);
    return Ok{};
  }));
  return map.root();
}

proof::VerifierKey key_of(const Reader& view) {
  return value_of(proof::VerifierKey::parse(view.verifier_key()));
}

// Signs a map that is not that of the log, as an operator with the key could.
void sign_falsely(const fs::path& directory, const Reader& view) {
  const LedgerPaths paths(directory);
  const auto key = value_of(read_signing_key(paths, value_of(read_config(paths.config))));
  auto statement = value_of(open_mentions(value_of(read_file(paths.mentions)), view));
  statement.map[0] ^= std::byte{1};
  const auto note = proof::sign_note(format(statement), {&key, 1});
  REQUIRE(replace_file(paths.mentions, note, FileAccess::everyone));
}

}  // namespace

TEST_CASE("the proof of an id lists every event whose text has it, and none can be withheld") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 9)));
  const bool seals = seed % 2 == 0;
  CAPTURE(seed, seals);
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  Log::Options options;
  if (seals) options.vault_key = VaultKey{};
  value_of(Log::create(directory, test::sample_origin, options.vault_key));
  const auto log = value_of(Log::open(directory, std::move(options)));
  const auto lines = ::test::random_history(seed, 90);
  append_lines(*log, lines, 0, lines.size());
  sign(directory, *log);
  const auto reader = log->reader();
  const auto key = key_of(reader);
  auto prover = value_of(SubjectProver::open(directory, reader, {}));
  const auto text = exported(reader);
  REQUIRE(text.ids.size() > 30);
  REQUIRE((text.sealed_values > 0) == seals);
  for (const auto& id : text.ids) {
    CAPTURE(id);
    const auto file = value_of(proof::parse_completeness_file(format(value_of(prover.prove(id)))));
    REQUIRE(file.indexes == found_in_text(text, id));
    REQUIRE(proof::check_completeness(file, key, reader.origin()));
    for (std::size_t at = 0; at < file.indexes.size(); ++at) {
      auto withheld = file;
      withheld.indexes.erase(withheld.indexes.begin() + static_cast<std::ptrdiff_t>(at));
      REQUIRE_FALSE(proof::check_completeness(withheld, key, reader.origin()));
    }
    const auto absent = value_of(prover.prove(id + "'"));
    REQUIRE(absent.indexes.empty());
    REQUIRE(proof::check_completeness(absent, key, reader.origin()));
  }
}

TEST_CASE("the root is the same however the log and its map came about") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(20, 28)));
  CAPTURE(seed);
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto log = open_log(directory);
  const auto lines = ::test::random_history(seed, 120);
  // Appended in batches of some size, signed after every so many of them.
  const std::size_t batch = 1 + seed % 7 * 5;
  const std::size_t between = 1 + seed % 3;
  std::size_t batches = 0;
  for (std::size_t begin = 0; begin < lines.size(); begin += batch) {
    append_lines(*log, lines, begin, std::min(begin + batch, lines.size()));
    if (++batches % between != 0) continue;
    const auto statement = sign(directory, *log);
    REQUIRE(statement.log.size == log->size());
    REQUIRE(statement.map == recomputed(log->reader()));
  }
  const auto statement = sign(directory, *log);
  const auto view = log->reader();
  REQUIRE(statement.map == recomputed(view));
  // From nothing, with merges of whatever size.
  for (const std::size_t pending : {1U, 7U, 50U, 100'000U}) {
    MentionBuilder builder(scratch.path(), std::nullopt, pending);
    CHECK(value_of(builder.run(view, {})) == statement.map);
  }
}

TEST_CASE("a map of many ids is split into buckets, and proven across them") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto log = open_log(directory);
  std::uint64_t have = 0;
  for (const std::uint64_t more : {50U, 150U, 1'800U, 6'000U}) {
    value_of(log->append(test::mileage_batch(have, more, 4'000)));
    have += more;
    const auto statement = sign(directory, *log);
    REQUIRE(statement.map == recomputed(log->reader()));
  }
  CHECK(value_of(MentionFile::open(directory / "cache" / "mentions")).bits() >= 5);
  const auto reader = log->reader();
  auto prover = value_of(SubjectProver::open(directory, reader, {}));
  for (unsigned vehicle = 0; vehicle < 4'000; vehicle += 37) {
    const auto id = std::string(id_of_subject(test::vehicle_subject(vehicle)));
    const auto file = value_of(prover.prove(id));
    REQUIRE(file.indexes == value_of(reader.stream(test::vehicle_subject(vehicle))));
    REQUIRE(proof::check_completeness(file, key_of(reader), reader.origin()));
    REQUIRE(value_of(prover.prove(id + "x")).indexes.empty());
  }
}

TEST_CASE("a cache that is lost or damaged anywhere changes no answer") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto cache = directory / "cache" / "mentions";
  std::map<std::string, std::vector<Sequence>> wanted;
  {
    const auto log = open_log(directory);
    const auto lines = ::test::random_history(5, 60);
    append_lines(*log, lines, 0, lines.size());
    sign(directory, *log);
    const auto text = exported(log->reader());
    for (const auto& id : text.ids) wanted[id] = found_in_text(text, id);
  }
  const auto reader = value_of(Reader::open(directory));
  const auto sound = value_of(read_file(cache));
  const auto check_all = [&] {
    auto prover = value_of(SubjectProver::open(directory, reader, {}));
    for (const auto& [id, indexes] : wanted) REQUIRE(value_of(prover.prove(id)).indexes == indexes);
    REQUIRE(value_of(read_file(cache)) == sound);
  };
  const auto damage = [&](const std::string& content) {
    std::ofstream(cache, std::ios::binary | std::ios::trunc) << content;
  };
  fs::remove(cache);
  check_all();
  fs::remove_all(directory / "cache");
  check_all();
  for (std::size_t size = 0; size < sound.size(); size += 1 + sound.size() / 23) {
    CAPTURE(size);
    damage(sound.substr(0, size));
    check_all();
  }
  for (std::size_t at = 0; at < sound.size(); at += 1 + sound.size() / 151) {
    CAPTURE(at, sound.size());
    auto flipped = sound;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    damage(flipped);
    check_all();
  }
}

TEST_CASE("what anybody else puts into the cache is never signed") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto log = open_log(directory);
  value_of(log->append(test::mileage_batch(0, 40, 5)));
  value_of(log->sign_checkpoint());
  // A map that is whole in itself, over another log, under the signature of another key.
  const auto other = open_log(scratch.path() / "other");
  value_of(other->append(test::mileage_batch(0, 39, 5)));
  sign(scratch.path() / "other", *other);
  fs::create_directories(directory / "cache");
  fs::copy_file(scratch.path() / "other" / "cache" / "mentions", directory / "cache" / "mentions");
  const auto statement = sign(directory, *log);
  CHECK(statement.map == recomputed(log->reader()));
}

TEST_CASE("a reader without the key makes the cache again, and sees no false statement through") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto log = open_log(directory);
  const auto lines = ::test::random_history(3, 60);
  append_lines(*log, lines, 0, lines.size());
  const auto reader = log->reader();
  const auto unsigned_yet = SubjectProver::open(directory, reader, {});
  REQUIRE_FALSE(unsigned_yet);
  CHECK(unsigned_yet.error().code == ErrorCode::not_found);
  sign(directory, *log);
  value_of(log->append(test::mileage_batch(0, 10, 3)));
  fs::remove(directory / "cache" / "mentions");
  fs::rename(directory / "signing.key", scratch.path() / "signing.key");
  auto prover = value_of(SubjectProver::open(directory, log->reader(), {}));
  CHECK(prover.head().tree.size == reader.size());
  fs::rename(scratch.path() / "signing.key", directory / "signing.key");
  sign_falsely(directory, log->reader());
  const auto refused = SubjectProver::open(directory, log->reader(), {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::corrupt);
}

TEST_CASE("the ids of an event are its stream, its ids and what it refers to") {
  Batch batch;
  test::add_line(batch, R"({"specversion":"1.0","id":"1","source":"s","type":"event.voided",)"
                        R"("subject":"event/dms/D1#7","time":"2018-03-01T00:00:00Z",)"
                        R"("correlationid":"a#1","causationid":"b#2","actor":"someone",)"
                        R"("data":{"target_source":"dms/D1","target_id":"7","reason":"O1",)"
                        R"("evidence":[]}})");
  const auto entry = value_of(decode(Sequence{0}, batch.entry(0)));
  const std::vector<std::string_view> wanted{"7", "a#1", "b#2", "dms/D1#7"};
  CHECK(mentions_of(entry) == wanted);
  CHECK(id_of_subject("order/O/1") == "O/1");
  CHECK(id_of_subject("O1") == "O1");
}

}  // namespace ledger
