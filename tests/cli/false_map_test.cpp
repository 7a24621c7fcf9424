// A map of mentions that the log's own key signed and that is not the log's: what each command
// says of it, and what an event convicts that somebody kept.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/entry_folder.h"
#include "cli/program.h"
#include "ledger/durable_file.h"
#include "ledger/log_proof.h"
#include "ledger/mention.h"
#include "ledger/mention_index.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/completeness_file.h"
#include "ledger/proof/note.h"
#include "tests/ledger/sample.h"

namespace {

namespace fs = std::filesystem;
namespace proof = ledger::proof;
using ledger::FileAccess;
using ledger::Sequence;
using ledger::test::value_of;

struct Said {
  cli::Exit exit;
  std::string text;  // both streams
};

Said run(const std::vector<std::string>& words) {
  std::FILE* const file = std::tmpfile();
  REQUIRE(file != nullptr);
  cli::Console console(file, file, cli::Language::english);
  const auto exit = cli::run(words, console);
  REQUIRE(console.flush());
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  std::fclose(file);
  return {exit, text};
}

bool has(const Said& said, std::string_view words) {
  CAPTURE(said.text);
  const bool found = said.text.find(words) != std::string::npos;
  CHECK(found);
  return found;
}

// A ledger of mileages, and its operator, who signs what they like.
class Operator {
 public:
  explicit Operator(const fs::path& directory) : directory_(directory) {
    const auto log = ledger::test::open_log(directory);
    value_of(log->append(ledger::test::mileage_batch(0, 60, 7)));
    value_of(log->sign_checkpoint());
    value_of(ledger::sign_mentions(directory, log->reader(), {}));
  }

  ledger::Reader reader() const { return value_of(ledger::Reader::open(directory_)); }

  std::string key() const { return reader().verifier_key(); }

  // The entries that mention the id.
  std::vector<Sequence> mentions(std::string_view id) const {
    std::vector<Sequence> indexes;
    for (std::uint64_t index = 0; index < reader().size().value; ++index) {
      if (mention({index}, id)) indexes.push_back(Sequence{index});
    }
    return indexes;
  }

  bool mention(Sequence index, std::string_view id) const {
    bool found = false;
    value_of(reader().read(index, [&](const ledger::Entry& entry) -> ledger::Status {
      const auto ids = ledger::mentions_of(entry);
      found = std::find(ids.begin(), ids.end(), id) != ids.end();
      return ledger::Ok{};
    }));
    return found;
  }

  // Signs a map that gives for `id` that list, whatever the log has, and proves it from there.
  proof::CompletenessFile lie(const std::string& id, const std::vector<Sequence>& list) const {
    const auto view = reader();
    proof::MentionMap map;
    for (std::uint64_t index = 0; index < view.size().value; ++index) {
      value_of(view.read({index}, [&](const ledger::Entry& entry) -> ledger::Status {
        for (const auto other : ledger::mentions_of(entry)) {
          if (other != id) map.add(other, entry.index);
        }
        return ledger::Ok{};
      }));
    }
    for (const auto index : list) map.add(id, index);
    const auto head = value_of(ledger::newest_signed_tree(view));
    const auto paths = ledger::LedgerPaths(directory_);
    const auto secret =
        value_of(ledger::read_signing_key(paths, value_of(ledger::read_config(paths.config))));
    const proof::MentionStatement statement{view.origin(), head.tree, map.root()};
    proof::CompletenessFile file{
        id, list, {}, head.note, proof::sign_note(format(statement), {&secret, 1})};
    proof::add_path(map.leaves(), proof::mention_key(id), 0, file.proof);
    return file;
  }

  void put(const proof::CompletenessFile& file) const {
    value_of(ledger::replace_file(ledger::LedgerPaths(directory_).mentions, file.statement,
                                  FileAccess::everyone));
  }

  void hand_out(const fs::path& folder, const std::vector<Sequence>& indexes) const {
    const auto view = reader();
    ledger::LogProver prover(view, value_of(ledger::newest_signed_tree(view)));
    value_of(cli::write_entries(folder, view, prover, indexes));
  }

 private:
  fs::path directory_;
};

const std::string car(ledger::id_of_subject(ledger::test::vehicle_subject(3)));

}  // namespace

TEST_CASE("an event that a signed map leaves out convicts whoever signed, once somebody has it") {
  const test::Scratch scratch;
  const Operator shady(scratch.path() / "ledger");
  const auto all = shady.mentions(car);
  REQUIRE(all.size() > 3);
  const auto entries = scratch.path() / "entries";
  const auto place = (scratch.path() / "car.complete").string();
  const auto check = [&] {
    return run({"check", place, "--vkey", shady.key(), "--entries", entries.string()});
  };
  for (const auto withheld : all) {
    CAPTURE(withheld.value);
    auto list = all;
    list.erase(std::find(list.begin(), list.end(), withheld));
    value_of(ledger::replace_file(place, format(shady.lie(car, list)), FileAccess::everyone));
    fs::remove_all(entries);
    shady.hand_out(entries, list);
    // The signed word alone: the check passes, and says what it did not look at.
    const auto deceived = check();
    CHECK(deceived.exit == cli::Exit::done);
    CHECK(has(deceived, "not checked: the map itself"));
    // Other events, and what is of another log, change nothing.
    shady.hand_out(entries, {Sequence{withheld.value - 1}});
    value_of(ledger::replace_file(entries / "58.entry", "of another log", FileAccess::everyone));
    CHECK(check().exit == cli::Exit::done);
    // The event itself, with its proof.
    shady.hand_out(entries, {withheld});
    const auto convicted = check();
    CHECK(convicted.exit == cli::Exit::check_failed);
    CHECK(has(convicted, "entry " + std::to_string(withheld.value) + " is in the log, mentions " +
                             car + " and is not listed"));
    CHECK(has(convicted, "they convict whoever signed"));
  }
}

TEST_CASE("an event that a signed map adds is seen to mention nothing of the kind") {
  const test::Scratch scratch;
  const Operator shady(scratch.path() / "ledger");
  auto list = shady.mentions(car);
  Sequence stranger{0};
  while (shady.mention(stranger, car)) ++stranger.value;
  list.insert(std::upper_bound(list.begin(), list.end(), stranger), stranger);
  const auto place = (scratch.path() / "car.complete").string();
  const auto entries = scratch.path() / "entries";
  value_of(ledger::replace_file(place, format(shady.lie(car, list)), FileAccess::everyone));
  shady.hand_out(entries, list);
  const auto convicted =
      run({"check", place, "--vkey", shady.key(), "--entries", entries.string()});
  CHECK(convicted.exit == cli::Exit::check_failed);
  CHECK(has(convicted,
            "entry " + std::to_string(stranger.value) + " is listed, and does not mention " + car));
}

TEST_CASE("a false map that was signed is found by whoever has the entries") {
  const test::Scratch scratch;
  const auto directory = (scratch.path() / "ledger").string();
  const Operator shady(directory);
  CHECK(run({"--data", directory, "verify"}).exit == cli::Exit::done);
  auto list = shady.mentions(car);
  list.pop_back();
  shady.put(shady.lie(car, list));

  const auto verified = run({"--data", directory, "verify"});
  CHECK(verified.exit == cli::Exit::check_failed);
  CHECK(has(verified, "mentions"));
  const auto proven = run({"--data", directory, "prove", "--subject", "vehicle/" + car});
  CHECK(proven.exit == cli::Exit::check_failed);
  CHECK(proven.text.find("tally-complete") == std::string::npos);

  // Published all the same, it is found by those who hold the published log.
  const auto folder = (scratch.path() / "public").string();
  CHECK(run({"--data", directory, "publish", folder}).exit == cli::Exit::done);
  const auto audited = run({"verify", "--tiles", folder, "--vkey", shady.key()});
  CHECK(audited.exit == cli::Exit::check_failed);
  CHECK(has(audited, "mentions"));
}
