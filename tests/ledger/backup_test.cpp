// Backups taken from a ledger in use, and what restoring refuses.
#include "ledger/backup.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "ledger/durable_file.h"
#include "ledger/log.h"
#include "ledger/proof/base64.h"
#include "ledger/store.h"
#include "tests/ledger/sample.h"
#include "tests/support/tests_dir.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using test::flip_bit;
using test::mileage_batch;
using test::open_log;
using ::test::Scratch;
using test::value_of;

// Everything that is left in a directory, by relative name.
std::vector<std::string> names_below(const fs::path& directory) {
  std::vector<std::string> names;
  if (!fs::exists(directory)) return names;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    names.push_back(fs::relative(entry.path(), directory).string());
  }
  return names;
}

Hash root_of(const fs::path& directory) {
  return value_of(value_of(Reader::open(directory)).root());
}

TreeSize size_of(const fs::path& directory) {
  return value_of(Reader::open(directory)).size();
}

// The only table file of `wanted` bytes or more, in a directory of backups.
fs::path greatest_table(const fs::path& archive) {
  fs::path greatest;
  for (const auto& file : fs::directory_iterator(archive / "shared_checksum")) {
    if (greatest.empty() || fs::file_size(file) > fs::file_size(greatest)) greatest = file.path();
  }
  REQUIRE_FALSE(greatest.empty());
  return greatest;
}

struct Places {
  Scratch scratch;
  fs::path live = scratch.path() / "live";
  fs::path archive = scratch.path() / "archive";
  fs::path restored = scratch.path() / "restored";
};

}  // namespace

TEST_CASE("a restored backup is the ledger as it was, and goes on") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 600, 10)));
  const auto root = root_of(at.live);
  const auto backup = value_of(back_up(at.live, at.archive, {}));
  CHECK(backup.id == BackupId{1});
  CHECK(backup.label->entries == TreeSize{600});
  CHECK(backup.label->root == root);
  value_of(open_log(at.live)->append(mileage_batch(600, 600, 10)));

  const auto restored = value_of(restore(at.archive, at.restored, {}));
  CHECK(restored.high_water == TreeSize{600});
  CHECK_FALSE(restored.has_key);
  CHECK(root_of(at.restored) == root);
  CHECK_FALSE(fs::exists(at.restored / ".restoring"));

  const auto unsigned_log = Log::open(at.restored, {});
  REQUIRE_FALSE(unsigned_log);
  fs::copy_file(at.live / "signing.key", at.restored / "signing.key");
  CHECK(value_of(value_of(Log::open(at.restored, {}))->append(mileage_batch(600, 10, 10))).added ==
        10);
}

TEST_CASE("a backup costs only what is new, and earlier ones stay") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 5'000, 50)));
  const auto first = value_of(back_up(at.live, at.archive, {}));
  CHECK(first.copied_bytes == first.bytes);
  value_of(open_log(at.live)->append(mileage_batch(5'000, 10, 50)));
  const auto second = value_of(back_up(at.live, at.archive, {}));
  CHECK(second.copied_bytes * 5 < second.bytes);
  const auto unchanged = value_of(back_up(at.live, at.archive, {.reread = true}));
  CHECK(unchanged.copied_bytes * 20 < unchanged.bytes);
  CHECK(value_of(Archive::open(at.archive)).backups().size() == 3);

  value_of(restore(at.archive, at.restored, {.id = BackupId{1}}));
  CHECK(size_of(at.restored) == TreeSize{5'000});
}

TEST_CASE("backups beside a busy writer hold all that was acknowledged before", "[threads]") {
  const Places at;
  const auto log = open_log(at.live);
  std::atomic<std::uint64_t> acknowledged{0};
  std::atomic<bool> enough{false};
  std::thread writer([&] {
    for (std::uint64_t first = 0; !enough; first += 50) {
      if (!log->append(mileage_batch(first, 50, 10))) return;
      acknowledged = first + 50;
    }
  });
  for (int round = 0; round < 5; ++round) {
    const auto before = acknowledged.load();
    const auto backup = back_up(at.live, at.archive, {});
    if (!backup) enough = true;
    if (!backup) writer.join();
    const auto made = value_of(backup);
    CHECK(made.label->entries >= TreeSize{before});
  }
  enough = true;
  writer.join();
  for (const auto& backup : value_of(Archive::open(at.archive)).backups()) {
    const auto target = at.restored / std::to_string(backup.id.value);
    value_of(restore(at.archive, target, {.id = backup.id}));
    CHECK(size_of(target) == backup.label->entries);
  }
}

TEST_CASE("the signing key is copied only when asked for, and stays a secret") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 10, 3)));
  value_of(back_up(at.live, at.archive, {}));
  CHECK_FALSE(fs::exists(at.archive / "signing.key"));
  value_of(back_up(at.live, at.archive, {.with_key = true}));
  CHECK(fs::status(at.archive / "signing.key").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));

  CHECK(value_of(restore(at.archive, at.restored, {})).has_key);
  CHECK(fs::status(at.restored / "signing.key").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(value_of(value_of(Log::open(at.restored, {}))->append(mileage_batch(10, 1, 3))).added == 1);
}

TEST_CASE("a damaged backup is refused, and nothing is left behind") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 3'000, 10)));
  value_of(back_up(at.live, at.archive, {}));
  const auto table = greatest_table(at.archive);
  SECTION("a flipped bit") {
    flip_bit(table, fs::file_size(table) / 2);
    const auto refused = restore(at.archive, at.restored, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::corrupt);
    CHECK(value_of(Archive::open(at.archive)).check(BackupId{1}).error().code ==
          ErrorCode::corrupt);
  }
  SECTION("a file that ends too early") {
    fs::resize_file(table, fs::file_size(table) - 1);
    const auto refused = restore(at.archive, at.restored, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::corrupt);
    // What shares files with a damaged backup would be no better.
    const auto added = back_up(at.live, at.archive, {});
    REQUIRE_FALSE(added);
    CHECK(added.error().code == ErrorCode::corrupt);
  }
  CHECK_FALSE(fs::exists(at.restored));
}

TEST_CASE("the newest backup being damaged never means an older one unasked") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 100, 10)));
  value_of(back_up(at.live, at.archive, {}));
  value_of(open_log(at.live)->append(mileage_batch(100, 100, 10)));
  value_of(back_up(at.live, at.archive, {}));
  fs::resize_file(at.archive / "private" / "2" / "CURRENT", 1);
  const auto refused = restore(at.archive, at.restored, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::corrupt);
  CHECK(value_of(restore(at.archive, at.restored, {.id = BackupId{1}})).backup.id == BackupId{1});
}

TEST_CASE("a log altered before it was backed up does not get past restoring") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 600, 10)));
  {
    const auto store = value_of(Store::open(at.live / "db", Store::Mode::write));
    auto cursor = store->cursor(Table::frames, Store::Pattern::few);
    cursor.seek_first();
    REQUIRE(cursor.valid());
    std::string key(text_of(cursor.key()));
    std::string frame(text_of(cursor.value()));
    frame[frame.size() / 2] = static_cast<char>(frame[frame.size() / 2] ^ 1);
    WriteGroup group(*store);
    group.put(Table::frames, bytes_of(key), bytes_of(frame));
    value_of(store->write(std::move(group)));
  }
  value_of(back_up(at.live, at.archive, {}));
  const auto refused = restore(at.archive, at.restored, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::corrupt);
  CHECK_THAT(refused.error().message.en, Catch::Contains("entry"));
  CHECK_FALSE(fs::exists(at.restored));
}

TEST_CASE("an old backup does not pass under a newer high-water checkpoint") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 10, 3)));
  value_of(back_up(at.live, at.archive, {}));
  value_of(open_log(at.live)->append(mileage_batch(10, 10, 3)));
  RestoreOptions options;
  SECTION("named") {
    options.high_water = at.live / "high-water";
  }
  SECTION("in the target") {
    fs::create_directory(at.restored);
    fs::copy_file(at.live / "high-water", at.restored / "high-water");
  }
  const auto before = names_below(at.restored);
  const auto refused = restore(at.archive, at.restored, options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::corrupt);
  CHECK_THAT(refused.error().message.en, Catch::Contains("10 entries"));
  CHECK(names_below(at.restored) == before);

  value_of(back_up(at.live, at.archive, {}));
  CHECK(value_of(restore(at.archive, at.restored, options)).high_water == TreeSize{20});
}

TEST_CASE("a checkpoint of a history that went another way refuses the backup") {
  const Places at;
  const auto other = at.scratch.path() / "other";
  value_of(open_log(at.live)->append(mileage_batch(0, 10, 3)));
  fs::copy(at.live, other, fs::copy_options::recursive);
  value_of(open_log(at.live)->append(mileage_batch(10, 10, 3)));
  value_of(open_log(other)->append(mileage_batch(30, 5, 3)));
  value_of(back_up(at.live, at.archive, {}));
  const auto refused = restore(at.archive, at.restored, {.high_water = other / "high-water"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::corrupt);
  // Nor does that ledger continue these backups.
  const auto added = back_up(other, at.archive, {});
  REQUIRE_FALSE(added);
  CHECK(added.error().code == ErrorCode::corrupt);
  CHECK_THAT(added.error().message.en, Catch::Contains("does not continue"));
}

TEST_CASE("a checkpoint in the target that is older than the backup gives way to it") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 10, 3)));
  fs::create_directory(at.restored);
  fs::copy_file(at.live / "high-water", at.restored / "high-water");
  value_of(open_log(at.live)->append(mileage_batch(10, 10, 3)));
  value_of(back_up(at.live, at.archive, {}));
  CHECK(value_of(restore(at.archive, at.restored, {})).high_water == TreeSize{20});
  CHECK(value_of(read_file(at.restored / "high-water")) ==
        value_of(read_file(at.live / "high-water")));
}

TEST_CASE("backups of two ledgers do not mix, nor do backups and other files") {
  const Places at;
  const auto other = at.scratch.path() / "other";
  value_of(open_log(at.live)->append(mileage_batch(0, 10, 3)));
  value_of(open_log(other)->append(mileage_batch(0, 10, 3)));
  value_of(back_up(at.live, at.archive, {}));
  const auto mixed = back_up(other, at.archive, {});
  REQUIRE_FALSE(mixed);
  CHECK(mixed.error().code == ErrorCode::conflict);
  const auto into_ledger = back_up(at.live, other, {});
  REQUIRE_FALSE(into_ledger);
  CHECK(into_ledger.error().code == ErrorCode::conflict);
  const auto onto_ledger = restore(at.archive, other, {});
  REQUIRE_FALSE(onto_ledger);
  CHECK(onto_ledger.error().code == ErrorCode::conflict);
  CHECK(size_of(other) == TreeSize{10});
}

TEST_CASE("a restoring that was killed is begun again") {
  const Places at;
  value_of(open_log(at.live)->append(mileage_batch(0, 10, 3)));
  value_of(back_up(at.live, at.archive, {}));
  // As far as it can get: all moved but the config.
  value_of(restore(at.archive, at.restored, {}));
  fs::create_directory(at.restored / ".restoring");
  fs::rename(at.restored / "config.toml", at.restored / ".restoring" / "config.toml");
  REQUIRE_FALSE(Reader::open(at.restored));
  value_of(restore(at.archive, at.restored, {}));
  CHECK(size_of(at.restored) == TreeSize{10});
}

TEST_CASE("a label is read back as it was written, and no other way") {
  BackupLabel label{{42}, {}, "config = 1\n", "a note\n\n— x y\n"};
  label.root[3] = std::byte{7};
  const auto text = label_text(label);
  const auto parsed = value_of(parse_label(text));
  CHECK(parsed.entries == label.entries);
  CHECK(parsed.root == label.root);
  CHECK(parsed.config == label.config);
  CHECK(parsed.high_water == label.high_water);
  for (std::size_t length = 0; length < text.find("config"); ++length) {
    CAPTURE(length);
    CHECK_FALSE(parse_label(std::string_view(text).substr(0, length)));
  }
  CHECK_FALSE(parse_label("tally-backup/v2" + text.substr(text.find('\n'))));
}

TEST_CASE("a label is laid out as docs/FORMATS.md shows it") {
  const auto root = proof::decode_hash("OF2jDzkXKCyJOd/4UZV+UZqxhGsTUaFMCts7EWMnQqo=");
  REQUIRE(root);
  const auto text = label_text({{3}, *root, std::string(145, 'x'), {}});
  const auto page = value_of(read_file(::test::in_tests("../docs/FORMATS.md")));
  CHECK(page.find("```\n" + text.substr(0, text.size() - 145) + "```\n") != std::string::npos);
}

}  // namespace ledger
