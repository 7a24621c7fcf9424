// A witness and its memory: what it signs, what it keeps, and what it never signs twice.
#include "ledger/witness.h"

#include <sys/stat.h>

#include <array>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "ledger/durable_file.h"
#include "ledger/witnessed_log.h"
#include "tests/ledger/proof/shown_log.h"
#include "tests/ledger/sample.h"
#include "tests/support/at_once.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using proof::test::ShownLog;
using ::test::Scratch;
using test::value_of;

constexpr std::uint64_t noon = 1'700'000'000;

std::unique_ptr<Witness> opened(const fs::path& directory) {
  return value_of(Witness::open(directory));
}

// A witness that watches the log of `ShownLog`.
std::unique_ptr<Witness> made(const fs::path& directory) {
  value_of(Witness::create(directory, "witness.example"));
  auto witness = opened(directory);
  const ShownLog log;
  value_of(witness->trust(log.key().verifier(), log.origin()));
  return witness;
}

fs::path record_of(const fs::path& directory) {
  return directory / "logs" / file_name_of(ShownLog().origin());
}

// The checkpoint of that size with the answered cosignature, as it opens for who knows both keys.
bool is_cosigned(const WitnessReply& reply, const Witness& witness, const proof::TreeHead& tree) {
  if (reply.status != 200) return false;
  const ShownLog log;
  auto note = value_of(proof::parse_note(log.note(tree)));
  for (auto& line : value_of(proof::parse_signatures(reply.body))) {
    note.signatures.push_back(std::move(line));
  }
  const std::vector<proof::VerifierKey> keys{log.key().verifier(), witness.key()};
  return value_of(proof::open_note(format(note), keys)).signatures.size() == 2;
}

}  // namespace

TEST_CASE("a witness answers every request as the protocol has it") {
  const Scratch scratch;
  const auto witness = made(scratch.path() / "w");
  const ShownLog log;
  const auto ask = [&](const std::string& request) {
    return witness->add_checkpoint(request, noon);
  };
  CHECK(witness->checkpoint(file_name_of(log.origin())).status == 404);
  CHECK(is_cosigned(ask(log.request(0, 5)), *witness, log.head(5)));
  CHECK(is_cosigned(ask(log.request(5, 12)), *witness, log.head(12)));
  CHECK(is_cosigned(ask(log.request(12, 12)), *witness, log.head(12)));
  const auto stale = ask(log.request(0, 20));
  CHECK(stale.status == 409);
  CHECK(stale.body == "12\n");
  CHECK(stale.content_type == "text/x.tlog.size");
  CHECK(ask(log.request(12, 12, true)).status == 422);
  CHECK(ask(log.request(12, 20, true)).status == 422);
  CHECK(ask("old 21\n\n" + log.note(log.head(20))).status == 400);
  CHECK(ask("nonsense").status == 400);
  CHECK(ask(ShownLog(log.origin(), 8).request(12, 20)).status == 403);
  CHECK(ask(ShownLog("log.example/unknown", 9).request(0, 5)).status == 404);
  // None of that moved it.
  const auto newest = witness->checkpoint(file_name_of(log.origin()));
  CHECK(newest.status == 200);
  const auto note = value_of(proof::open_note(newest.body, {&witness->key(), 1}));
  CHECK(value_of(proof::parse_checkpoint(note.text)).tree == log.head(12));
  CHECK(proof::cosigned_at(note.signatures[0]) == noon);
  CHECK(witness->checkpoint("0000").status == 404);
}

TEST_CASE("what was signed binds the witness after it was started again") {
  const Scratch scratch;
  const ShownLog log;
  {
    const auto witness = made(scratch.path() / "w");
    REQUIRE(witness->add_checkpoint(log.request(0, 9), noon).status == 200);
  }
  const auto witness = opened(scratch.path() / "w");
  CHECK(witness->add_checkpoint(log.request(0, 9, true), noon).status == 409);
  CHECK(witness->add_checkpoint(log.request(9, 9, true), noon).status == 422);
  CHECK(witness->add_checkpoint(log.request(9, 30, true), noon).status == 422);
  CHECK(witness->add_checkpoint(log.request(9, 30), noon).status == 200);
  REQUIRE(witness->logs().size() == 1);
  CHECK(witness->logs()[0].tree == log.head(30));
}

TEST_CASE("a witness watches several logs, each with a memory of its own") {
  const Scratch scratch;
  const ShownLog north, south("log.example/south", 8);
  const auto witness = made(scratch.path() / "w");
  value_of(witness->trust(south.key().verifier(), south.origin()));
  CHECK(witness->add_checkpoint(north.request(0, 9), noon).status == 200);
  CHECK(witness->add_checkpoint(south.request(0, 20), noon).status == 200);
  CHECK(witness->add_checkpoint(north.request(9, 10), noon).status == 200);
  REQUIRE(witness->logs().size() == 2);
  CHECK(witness->logs()[0].tree == north.head(10));
  CHECK(witness->logs()[1].tree == south.head(20));
}

TEST_CASE("a log that takes another key keeps its past, and either key will do") {
  const Scratch scratch;
  const ShownLog old_key, new_key(old_key.origin(), 8);
  {
    const auto witness = made(scratch.path() / "w");
    REQUIRE(witness->add_checkpoint(old_key.request(0, 9), noon).status == 200);
    value_of(witness->trust(new_key.key().verifier(), new_key.origin()));
    value_of(witness->trust(new_key.key().verifier(), new_key.origin()));  // no third
  }
  const auto witness = opened(scratch.path() / "w");
  CHECK(witness->add_checkpoint(new_key.request(9, 9, true), noon).status == 422);
  CHECK(witness->add_checkpoint(new_key.request(9, 12), noon).status == 200);
  CHECK(witness->add_checkpoint(old_key.request(12, 13), noon).status == 200);
}

TEST_CASE("the key of a witness is its own, and its owner's only") {
  const Scratch scratch;
  const auto directory = scratch.path() / "w";
  const auto witness = made(directory);

  struct ::stat state {};

  REQUIRE(::stat((directory / "witness.key").c_str(), &state) == 0);
  CHECK((state.st_mode & 0777U) == 0600);
  const auto disguised =
      value_of(proof::VerifierKey::of("log.example/self", witness->key().public_key()));
  CHECK(witness->trust(disguised, disguised.name()).error().code == ErrorCode::invalid);
  CHECK(witness->trust(witness->key(), "x").error().code == ErrorCode::invalid);
  const ShownLog log;
  CHECK(witness->trust(log.key().verifier(), "").error().code == ErrorCode::invalid);
  CHECK(witness->trust(log.key().verifier(), "two\nlines").error().code == ErrorCode::invalid);
}

TEST_CASE("a directory has one witness, and one process that runs it") {
  const Scratch scratch;
  const auto directory = scratch.path() / "w";
  const auto witness = made(directory);
  CHECK(Witness::create(directory, "other.example").error().code == ErrorCode::conflict);
  CHECK(Witness::open(directory).error().code == ErrorCode::unavailable);
  CHECK(Witness::open(scratch.path() / "nowhere").error().code == ErrorCode::not_found);
  CHECK(Witness::create(scratch.path() / "x", "two words").error().code == ErrorCode::invalid);
  value_of(Log::create(scratch.path() / "ledger", "log.example/l"));
  CHECK(Witness::create(scratch.path() / "ledger", "w").error().code == ErrorCode::conflict);
}

TEST_CASE("of several that make a witness in one place at once, one does", "[threads]") {
  const Scratch scratch;
  const auto directory = scratch.path() / "w";
  const auto made = ::test::at_once(
      8, [&](std::size_t) { return Witness::create(directory, "witness.example"); });
  std::vector<std::string> keys;
  for (const auto& result : made) {
    if (result) keys.push_back(*result);
  }
  REQUIRE(keys.size() == 1);
  CHECK(opened(directory)->key().text() == keys.front());
}

TEST_CASE("a memory that is not what was signed stops the witness") {
  const Scratch scratch;
  const auto directory = scratch.path() / "w";
  const ShownLog log;
  {
    const auto witness = made(directory);
    REQUIRE(witness->add_checkpoint(log.request(0, 9), noon).status == 200);
  }
  const auto path = record_of(directory);
  const auto good = value_of(read_file(path));
  const auto refuses = [&](const std::string& text) {
    value_of(replace_file(path, text, FileAccess::everyone));
    const auto refused = Witness::open(directory);
    return !refused && refused.error().code == ErrorCode::corrupt;
  };
  CHECK(refuses(""));
  CHECK(refuses("tally-witness/v2" + good.substr(good.find('\n'))));
  for (std::size_t length = 1; length < good.size(); ++length) {
    // Cut after the empty line it says that nothing was signed: the one cut that reads well.
    if (good.substr(0, length).ends_with("\n\n") && good.find("\n\n") + 2 == length) continue;
    CAPTURE(length);
    REQUIRE(refuses(good.substr(0, length)));
  }
  auto other_size = good;
  other_size.replace(good.find("\n9\n"), 3, "\n8\n");
  CHECK(refuses(other_size));
  CHECK(refuses(good + "\n"));
  value_of(replace_file(path, good, FileAccess::everyone));
  CHECK(opened(directory)->logs()[0].tree == log.head(9));
  // A record under another's name would be found by nobody.
  fs::rename(path, path.parent_path() / file_name_of("log.example/other"));
  CHECK(Witness::open(directory).error().code == ErrorCode::corrupt);
}

TEST_CASE("nothing is signed that cannot be kept") {
  const Scratch scratch;
  const auto directory = scratch.path() / "w";
  const ShownLog log;
  const auto witness = made(directory);
  REQUIRE(witness->add_checkpoint(log.request(0, 9), noon).status == 200);
  auto blocked = record_of(directory);
  blocked += ".new";
  fs::create_directory(blocked);  // where the new record has to be written
  const auto refused = witness->add_checkpoint(log.request(9, 12), noon);
  CHECK(refused.status == 500);
  CHECK(refused.body.find("\u2014") == std::string::npos);
  CHECK(witness->logs()[0].tree == log.head(9));
  fs::remove(blocked);
  CHECK(witness->add_checkpoint(log.request(9, 12), noon).status == 200);
}

TEST_CASE("64 requests at once, of two histories: one root for every size", "[threads]") {
  const Scratch scratch;
  const ShownLog log;
  const auto witness = made(scratch.path() / "w");
  constexpr std::uint64_t size = 20;
  const std::array requests{log.request(0, size, false), log.request(0, size, true)};
  const auto replies = ::test::at_once(
      64, [&](std::size_t i) { return witness->add_checkpoint(requests.at(i % 2), noon); });
  int signed_count = 0;
  for (std::size_t i = 0; i < replies.size(); ++i) {
    CAPTURE(i, replies[i].status);
    if (replies[i].status == 200) {
      ++signed_count;
      CHECK(is_cosigned(replies[i], *witness, log.head(size, i % 2 == 1)));
    } else {
      CHECK(replies[i].status == 409);
      CHECK(replies[i].body == "20\n");
    }
  }
  CHECK(signed_count == 1);
}

TEST_CASE("two histories that race up are never both signed at one size", "[threads]") {
  const Scratch scratch;
  const ShownLog log;
  const auto witness = made(scratch.path() / "w");
  std::mutex mutex;
  std::map<std::uint64_t, std::set<bool>> signed_histories;
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int client = 0; client < 8; ++client) {
    threads.emplace_back([&, forked = client % 2 == 1] {
      std::uint64_t known = 0;
      for (int attempt = 0; attempt < 60 && known < ShownLog::size_max; ++attempt) {
        const auto reply = witness->add_checkpoint(log.request(known, known + 1, forked), noon);
        if (reply.status == 200) {
          const std::lock_guard lock(mutex);
          signed_histories[++known].insert(forked);
        } else if (reply.status == 409) {
          known = std::stoull(reply.body);
        } else {
          break;  // beside the other history: for good
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  // Up to the fork the two are one history.
  bool one = signed_histories.size() > ShownLog::fork;
  for (auto size = ShownLog::fork + 1; size <= ShownLog::size_max; ++size) {
    one = one && signed_histories[size] == signed_histories[ShownLog::fork + 1];
    CHECK(signed_histories[size].size() <= 1);
  }
  CHECK(one);
}

}  // namespace ledger
