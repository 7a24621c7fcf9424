// What somebody can do who may write the database, knows every format and makes all checksums
// right; who may have the signing key, too. And what gives him away.
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ledger/byte_order.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/evidence.h"
#include "ledger/frame_cursor.h"
#include "ledger/group.h"
#include "ledger/idempotency_key.h"
#include "ledger/index_run.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"
#include "ledger/proof/prover.h"
#include "ledger/verify.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

using test::falsify;
using test::places;
using ::test::Scratch;
using test::value_of;
using Where = Finding::Where;

using Entries = std::vector<std::vector<std::byte>>;

constexpr auto tables_of_the_log = {Table::frames, Table::tree, Table::idempotency, Table::streams};

// A closed ledger of 600 entries with checkpoints at 0, 200 and 600, and a copy of the last one.
struct Victim {
  Scratch scratch;
  std::string kept;

  Victim() {
    test::make_ledger_of_600(path());
    kept = value_of(read_file(path() / "high-water"));
  }

  const std::filesystem::path& path() const { return scratch.path(); }
};

std::int64_t appended(const std::vector<std::byte>& entry) {
  return flatbuffers::GetRoot<schema::Event>(entry.data())->appended_ns();
}

// An event that nobody submitted. Its place in its stream is filled in with the rest.
std::vector<std::byte> invented(std::int64_t appended_ns) {
  const auto batch = test::batch_of(test::mileage_line("invented", 3, 77'777));
  std::vector<std::byte> entry(batch.entry(0).begin(), batch.entry(0).end());
  stamp(entry, appended_ns, -1);
  return entry;
}

class Forger {
 public:
  explicit Forger(const std::filesystem::path& directory)
      : directory_(directory),
        ledger_(value_of(open_ledger(directory, Store::Mode::write))),
        store_(*ledger_->store) {}

  // The log as `change` leaves it: frames, tiles, index tables and head are all made anew.
  void rewrite(const std::function<void(Entries&)>& change) {
    auto entries = read();
    change(entries);
    WriteGroup writes(store_);
    erase(writes, tables_of_the_log);
    const auto rows = put_entries(entries, writes);
    write(std::move(writes));
    const auto indexed = IndexRun(store_, rows).finish();
    REQUIRE(indexed);
  }

  // Only the frame from `first` on, its checksums right; whatever else knows its entries stays.
  void rewrite_frame(Sequence first, const std::function<void(Entries&)>& change) {
    const auto all = read();
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first.value);
    Entries entries(begin, begin + std::min<std::ptrdiff_t>(frame_entries_max, all.end() - begin));
    change(entries);
    std::vector<FrameEntry> described;
    std::vector<std::byte> body;
    for (const auto& entry : entries) {
      const auto* event = flatbuffers::GetRoot<schema::Event>(entry.data());
      described.push_back({entry, event->type(), event->time()->ns(), event->appended_ns()});
      body.insert(body.end(), entry.begin(), entry.end());
      body.resize((body.size() + 7) / 8 * 8);
    }
    WriteGroup writes(store_);
    writes.put(Table::frames, big_endian(first.value), frame_head(first, described), body);
    write(std::move(writes));
  }

  // Forgets what was signed of this log and, with the owner's key, signs it as it is now.
  void sign_again() {
    const auto key = value_of(read_signing_key(*ledger_));
    const auto head = value_of(
        Head::parse(bytes_of(value_of(store_.get(Table::meta, bytes_of("head"))).value())));
    const auto text = proof::format(proof::Checkpoint{
        ledger_->config.origin, {head.size(), head.frontier.root()}, /*extensions=*/{}});
    const auto note = proof::sign_note(text, {&key, 1});
    WriteGroup writes(store_);
    erase(writes, {Table::checkpoints});
    writes.put(Table::checkpoints, big_endian(head.size().value), bytes_of(note));
    write(std::move(writes));
    REQUIRE(replace_file(directory_ / "high-water", note, FileAccess::everyone));
  }

 private:
  Entries read() const {
    Entries entries;
    FrameCursor cursor(store_, Store::Pattern::scan);
    while (entries.size() < ledger_->head.size().value) {
      REQUIRE(cursor.seek(Sequence{entries.size()}));
      const auto frame = cursor.load();
      for (std::uint32_t at = 0; at < frame.count(); ++at) {
        entries.emplace_back(frame.entry(at).begin(), frame.entry(at).end());
      }
    }
    return entries;
  }

  void erase(WriteGroup& writes, std::initializer_list<Table> tables) const {
    for (const auto table : tables) {
      auto cursor = store_.cursor(table, Store::Pattern::scan);
      for (cursor.seek_first(); cursor.valid(); cursor.next()) writes.erase(table, cursor.key());
    }
  }

  // As the log itself would have written them, at the times that they name. Gives back their
  // index rows.
  static PendingIndex put_entries(const Entries& entries, WriteGroup& writes) {
    std::size_t bytes = 0;
    for (const auto& entry : entries) bytes += entry.size() + 8;
    Group group(Sequence{0}, bytes);
    PendingIndex rows(TreeSize{0});
    std::map<std::string, Sequence> last;
    for (std::uint64_t index = 0; index < entries.size(); ++index) {
      const auto& entry = entries[index];
      const auto* event = flatbuffers::GetRoot<schema::Event>(entry.data());
      const auto subject = event->subject()->str();
      const auto before = last.find(subject);
      group.add(entry, event->appended_ns(),
                before == last.end() ? std::nullopt : std::optional(before->second));
      rows.add(HashedKey(idempotency_key(*event)), HashedKey(subject));
      last[subject] = Sequence{index};
    }
    GrowingTree tree;
    Head head;
    group.seal(tree, head, writes);
    return rows;
  }

  void write(WriteGroup writes) const {
    const auto written = store_.write(std::move(writes));
    REQUIRE(written);
  }

  std::filesystem::path directory_;
  std::shared_ptr<OpenLedger> ledger_;
  Store& store_;
};

// Whether the log still begins as the checkpoint signed it that somebody kept elsewhere.
bool continues(const std::filesystem::path& directory, const std::string& kept) {
  const auto evidence = value_of(Evidence::open(directory));
  const auto& key = evidence.verifier();
  const auto checkpoint = value_of(proof::open_checkpoint(kept, key, key.name()));
  if (checkpoint.tree.size > evidence.size()) return false;
  return value_of(proof::root_at(*evidence.tiles(), checkpoint.tree.size)) == checkpoint.tree.root;
}

// What somebody did to the entries, by name.
struct Change {
  const char* name;
  std::function<void(Entries&)> apply;
};

const std::vector<Change>& changes() {
  static const std::vector<Change> all{
      {"swapped, their clocks in order",
       [](Entries& entries) {
         const auto earlier = appended(entries[300]);
         const auto later = appended(entries[301]);
         std::swap(entries[300], entries[301]);
         stamp(entries[300], earlier, -1);
         stamp(entries[301], later, -1);
       }},
      {"replaced", [](Entries& entries) { falsify(entries[300]); }},
      {"the tail removed", [](Entries& entries) { entries.resize(500); }},
      {"one removed", [](Entries& entries) { entries.erase(entries.begin() + 300); }},
      {"one inserted",
       [](Entries& entries) {
         entries.insert(entries.begin() + 300, invented(appended(entries[299])));
       }},
      {"the last replaced", [](Entries& entries) { falsify(entries.back()); }},
  };
  return all;
}

}  // namespace

TEST_CASE("what a forger makes anew verifies when he changes nothing") {
  const Victim victim;
  {
    Forger forger(victim.path());
    forger.rewrite([](Entries&) {});
    forger.rewrite_frame(Sequence{256}, [](Entries&) {});
  }
  const auto result = value_of(verify(victim.path(), {}));
  CHECK(places(result).empty());
  CHECK(result.verified == 600);
  CHECK(continues(victim.path(), victim.kept));
}

TEST_CASE("entries swapped in their frame are named, both") {
  const Victim victim;
  Forger(victim.path()).rewrite_frame(Sequence{256}, [](Entries& entries) {
    std::swap(entries[44], entries[45]);
  });
  const auto result = value_of(verify(victim.path(), {}));
  const auto where = places(result);
  REQUIRE(where.size() >= 2);
  CHECK(where[0] == Where::entry);
  CHECK(where[1] == Where::entry);
  CHECK(result.findings[0].index == Sequence{300});
  CHECK(result.findings[1].index == Sequence{301});
  CHECK_THAT(result.findings[0].expected.en, Catch::Contains("leaf hash"));
  CHECK(result.verified <= 598);
}

TEST_CASE("an entry more or less in a frame that the rest does not know is found") {
  const Victim victim;
  SECTION("more") {
    Forger(victim.path()).rewrite_frame(Sequence{512}, [](Entries& entries) {
      entries.push_back(invented(appended(entries.back())));
    });
    const auto result = value_of(verify(victim.path(), {}));
    REQUIRE(places(result) == std::vector{Where::frame});
    CHECK(result.findings.front().expected.en == "no entry beyond 599");
    CHECK(result.findings.front().found.en == "a frame with entries to 600");
    CHECK(result.verified == 600);
  }
  SECTION("less") {
    Forger(victim.path()).rewrite_frame(Sequence{512}, [](Entries& entries) {
      entries.pop_back();
    });
  }
  CHECK_FALSE(places(value_of(verify(victim.path(), {}))).empty());
}

TEST_CASE("a history made anew, tree and tables and all, contradicts the signed checkpoints") {
  const auto& change = GENERATE(from_range(changes()));
  CAPTURE(change.name);
  const Victim victim;
  Forger(victim.path()).rewrite(change.apply);
  const auto result = value_of(verify(victim.path(), {}));
  const auto where = places(result);
  CHECK(std::count(where.begin(), where.end(), Where::checkpoint) > 0);
  CHECK(result.checkpoint_size < TreeSize{600});
  // Nor does it open, for reading or for writing.
  const auto reading = Reader::open(victim.path());
  REQUIRE_FALSE(reading);
  CHECK(reading.error().code == ErrorCode::corrupt);
  const auto writing = Log::open(victim.path(), {});
  REQUIRE_FALSE(writing);
  CHECK(writing.error().code == ErrorCode::corrupt);
}

TEST_CASE("a history made anew and signed anew contradicts a checkpoint that was kept") {
  const auto& change = GENERATE(from_range(changes()));
  CAPTURE(change.name);
  const Victim victim;
  {
    Forger forger(victim.path());
    forger.rewrite(change.apply);
    forger.sign_again();
  }
  // By itself nothing is wrong with it: that is why checkpoints are kept elsewhere.
  const auto result = value_of(verify(victim.path(), {}));
  CHECK(places(result).empty());
  CHECK_FALSE(continues(victim.path(), victim.kept));
}

TEST_CASE("entries added behind the log's back are counted as signed by nobody") {
  const Victim victim;
  Forger(victim.path()).rewrite([](Entries& entries) {
    entries.push_back(invented(appended(entries.back())));
  });
  const auto result = value_of(verify(victim.path(), {}));
  CHECK(places(result).empty());
  CHECK(result.entries == TreeSize{601});
  CHECK(result.verified == 600);
  CHECK(result.unsigned_tail == 1);
  CHECK(continues(victim.path(), victim.kept));
}

}  // namespace ledger
